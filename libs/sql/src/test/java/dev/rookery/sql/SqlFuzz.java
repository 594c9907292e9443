package dev.rookery.sql;

import com.code_intelligence.jazzer.Jazzer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Coverage-guided fuzzing of the analyser and the rewriter; the README says how to run it. */
public final class SqlFuzz {

    private SqlFuzz() {}

    /** One input of the fuzzer: the text of a statement, and of a filter. */
    public static void fuzzerTestOneInput(byte[] input) {
        String sql = new String(input, StandardCharsets.UTF_8);
        SqlInvariants.check(sql);
        SqlInvariants.checkBesides(sql);
    }

    /**
     * Fuzzes, starting from the statements and attacks of the tests.
     *
     * @param arguments the directory that keeps corpus and findings, then options of libFuzzer
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path directory = Path.of(arguments[0]);
        Path corpus = Files.createDirectories(directory.resolve("corpus"));
        Path seeds = Files.createDirectories(directory.resolve("seeds"));
        List<String> texts =
                Stream.concat(Statements.all().stream(), lines("attacks.txt")).toList();
        for (int i = 0; i < texts.size(); i++) {
            Files.writeString(seeds.resolve("seed-" + i), texts.get(i));
        }
        for (int seed = 0; seed < 300; seed++) {
            Files.writeString(seeds.resolve("generated-" + seed), new StatementGenerator(seed).statement());
        }
        Jazzer.main(Stream.of(
                        Stream.of(
                                "--target_class=" + SqlFuzz.class.getName(),
                                "--instrumentation_includes=dev.rookery.**",
                                "--disabled_hooks=*",
                                "--reproducer_path=" + directory,
                                "-artifact_prefix=" + directory + '/',
                                "-timeout=60",
                                "-max_len=2000",
                                "-use_value_profile=1"),
                        Stream.of(arguments).skip(1),
                        Stream.of(corpus.toString(), seeds.toString()))
                .flatMap(options -> options)
                .toArray(String[]::new));
    }

    private static Stream<String> lines(String resource) {
        try (var stream = SqlFuzz.class.getResourceAsStream(resource)) {
            if (stream == null) {
                throw new IllegalStateException(resource + " is not on the class path");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> line.replace('⏎', '\n'));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
