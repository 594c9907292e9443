package dev.rookery.template;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.Jazzer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Coverage-guided fuzzing of the template language; the README says how to run it. An input is lines of text parted by
 * {@link #SEPARATOR}: either a template and the values of its parameters, or two numbers that choose a position and a cast,
 * and one value for them.
 */
public final class TemplateFuzz {

    private static final String SEPARATOR = "\u001e";
    private static final String SECRET = "SECRET-5d1c";

    /** Small enough that the fuzzer sees thousands of ends of them, large enough for any path through the code. */
    private static final RenderLimits LIMITS = new RenderLimits(30_000, 1 << 16, 1 << 14, 1_000, Duration.ofSeconds(5));

    private static final List<String> CASTS =
            Injection.CASTS.keySet().stream().sorted().toList();

    private TemplateFuzz() {}

    /** One input of the fuzzer. */
    public static void fuzzerTestOneInput(byte[] input) {
        String[] parts = new String(input, StandardCharsets.UTF_8).split(SEPARATOR, -1);
        if (parts.length >= 3 && isIndex(parts[0]) && isIndex(parts[1])) {
            value(
                    Integer.parseInt(parts[0]),
                    Integer.parseInt(parts[1]),
                    List.of(parts).subList(2, parts.length));
        } else {
            template(parts[0], List.of(parts).subList(1, parts.length));
        }
    }

    private static boolean isIndex(String text) {
        return text.length() == 2 && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static void value(int position, int cast, List<String> values) {
        ParameterValue sent = values.size() == 1 ? ParameterValue.of(values.getFirst()) : ParameterValue.ofJson(values);
        Injection.check(
                Injection.POSITIONS.get(position % Injection.POSITIONS.size()), CASTS.get(cast % CASTS.size()), sent);
    }

    private static void template(String source, List<String> values) {
        try {
            var template = Template.compile("%" + source, "n");
            Map<String, ParameterValue> parameters = new HashMap<>();
            for (TemplateParameter parameter : template.parameters()) {
                if (!values.isEmpty()) {
                    parameters.put(parameter.name(), ParameterValue.of(values.get(parameters.size() % values.size())));
                }
            }
            var request = RenderRequest.of(parameters)
                    .withSecrets(_ -> Optional.of(SECRET))
                    .withLimits(LIMITS);
            String sql = template.render(request).sql();
            assertThat(template.render(request).sql()).isEqualTo(sql);
            assertThat(sql.length()).isLessThanOrEqualTo(LIMITS.maxOutput());
        } catch (TemplateException e) {
            // What a template says in error() is its own affair.
            boolean own = e.kind() == TemplateException.Kind.ERROR || e.kind() == TemplateException.Kind.CUSTOM_ERROR;
            if (!own) {
                assertThat(e.getMessage()).isNotBlank();
            }
            assertThat(e.status()).isBetween(400, 599);
            boolean sent = source.contains(SECRET) || String.join("", values).contains(SECRET);
            assertThat(sent ? "" : e.getMessage()).doesNotContain(SECRET);
        }
    }

    /**
     * Fuzzes, starting from templates of every kind and from every cast in every position.
     *
     * @param arguments the directory that keeps corpus and findings, then options of libFuzzer
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path directory = Path.of(arguments[0]);
        Path corpus = Files.createDirectories(directory.resolve("corpus"));
        Path seeds = Files.createDirectories(directory.resolve("seeds"));
        List<String> texts = new ArrayList<>(TemplateSeeds.TEMPLATES.stream()
                .map(source -> source + SEPARATOR + "a,b" + SEPARATOR + "2024-01-01" + SEPARATOR + "7")
                .toList());
        for (int i = 0; i < Injection.POSITIONS.size() * CASTS.size(); i += 7) {
            texts.add("%02d".formatted(i % Injection.POSITIONS.size())
                    + SEPARATOR
                    + "%02d".formatted(i / Injection.POSITIONS.size())
                    + SEPARATOR
                    + Injection.ATTACKS.get(i % Injection.ATTACKS.size()));
        }
        for (int i = 0; i < texts.size(); i++) {
            Files.writeString(seeds.resolve("seed-" + i), texts.get(i).replace('\ud800', 'x'));
        }
        String[] options = Stream.concat(
                        Stream.of(
                                "--target_class=" + TemplateFuzz.class.getName(),
                                "--instrumentation_includes=dev.rookery.**",
                                "--disabled_hooks=*",
                                "--reproducer_path=" + directory,
                                "-artifact_prefix=" + directory + '/',
                                "-timeout=60",
                                "-max_len=1500",
                                "-use_value_profile=1"),
                        Arrays.stream(arguments).skip(1))
                .toArray(String[]::new);
        Jazzer.main(Stream.concat(Arrays.stream(options), Stream.of(corpus.toString(), seeds.toString()))
                .toArray(String[]::new));
    }
}
