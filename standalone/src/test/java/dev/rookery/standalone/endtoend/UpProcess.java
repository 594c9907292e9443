package dev.rookery.standalone.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rookery.catalog.tokens.TokenStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code ./rookery up} once everything is built: the main with its process tree, on a data directory. */
final class UpProcess implements Platform {
    private static final Pattern API = Pattern.compile("API +(http://localhost:\\d+)\n");
    private static final Pattern CLICKHOUSE = Pattern.compile("ClickHouse interface +(http://localhost:\\d+)\n");

    private final Path data;
    private final Path out;
    private final Path err;
    private final Process process;

    /** @param arguments further ones; any free ports are used unless they name one */
    UpProcess(Path data, Path outputs, String... arguments) {
        this.data = data;
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms64m",
                "-Xmx512m",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.rookery.standalone.StandaloneMain",
                "--data=" + data,
                "--port=0"));
        command.addAll(List.of(arguments));
        try {
            out = Files.createTempFile(outputs, "up", ".out");
            err = Files.createTempFile(outputs, "up", ".err");
            process = new ProcessBuilder(command)
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Runtime.getRuntime().addShutdownHook(new Thread(this::killTree, "stop-up"));
    }

    /** Waits for the banner. */
    UpProcess ready() {
        await("up")
                .atMost(Duration.ofMinutes(3))
                .until(() -> !process.isAlive() || output().contains("Press Ctrl-C to stop"));
        assertThat(process.isAlive()).as(this::said).isTrue();
        return this;
    }

    /** How it ended: it is to end by itself. */
    Ending ended() {
        try {
            assertThat(process.waitFor(3, TimeUnit.MINUTES)).as(this::said).isTrue();
            return new Ending(process.exitValue(), text(err));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    record Ending(int exitCode, String error) {}

    /** Asks it to stop, as Ctrl-C does. */
    void terminate() {
        process.destroy();
    }

    /** SIGKILL for it and all below it. */
    void killTree() {
        Set<ProcessHandle> tree = tree();
        process.destroyForcibly();
        tree.forEach(ProcessHandle::destroyForcibly);
        process.onExit().join();
        tree.forEach(handle -> handle.onExit().join());
    }

    /** Every process of it that is alive: its descendants, and those that have another parent by now. */
    Set<ProcessHandle> tree() {
        Stream<ProcessHandle> byName = ProcessHandle.allProcesses()
                .filter(handle -> handle.info()
                        .commandLine()
                        .filter(line -> line.contains(data.toString()))
                        .isPresent());
        return Stream.concat(
                        process.toHandle().descendants(),
                        byName.flatMap(handle -> Stream.concat(Stream.of(handle), handle.descendants())))
                .filter(ProcessHandle::isAlive)
                .filter(handle -> handle.pid() != ProcessHandle.current().pid())
                .collect(Collectors.toSet());
    }

    @Override
    public URI api() {
        return url(API);
    }

    @Override
    public URI clickHouseInterface() {
        return url(CLICKHOUSE);
    }

    @Override
    public String userToken() {
        return Http.get(api(), "/tokens", "none").json().path("user_token").asString();
    }

    @Override
    public TokenStore tokens() {
        throw new UnsupportedOperationException("its catalog is its own");
    }

    String output() {
        return text(out);
    }

    private URI url(Pattern line) {
        Matcher found = line.matcher(output());
        assertThat(found.find()).as(this::said).isTrue();
        return URI.create(found.group(1));
    }

    private String said() {
        return text(out) + text(err);
    }

    private static String text(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
