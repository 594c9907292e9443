package dev.rookery.engines.testing;

import dev.rookery.engines.EngineKind;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;

/**
 * Which provider each of the shared engines comes from. {@code rookery.engines} names it for all of them; as soon as
 * {@code rookery.engines.postgres}, {@code .kafka}, {@code .clickhouse} or {@code .s3} names another than the embedded
 * one, only the engines named like that leave the embedded ones: a machine that has one image can use that one.
 */
final class EngineChoice {
    static final String PROPERTY = "rookery.engines";

    private final Function<String, Optional<String>> settings;

    /** @param settings the value of a property, when it is set */
    EngineChoice(Function<String, Optional<String>> settings) {
        this.settings = settings;
    }

    static EngineChoice ofSystemProperties() {
        return new EngineChoice(name -> Optional.ofNullable(System.getProperty(name)));
    }

    /** The name of the provider to use. */
    String providerOf(EngineKind kind) {
        return named(kind).orElseGet(() -> someEngineIsChosenAlone() ? EmbeddedEngines.NAME : forAll());
    }

    private boolean someEngineIsChosenAlone() {
        return Arrays.stream(EngineKind.values())
                .flatMap(kind -> named(kind).stream())
                .anyMatch(name -> !name.equals(EmbeddedEngines.NAME));
    }

    private String forAll() {
        return value(PROPERTY).orElse(EmbeddedEngines.NAME);
    }

    private Optional<String> named(EngineKind kind) {
        return value(PROPERTY + "." + kind.key());
    }

    private Optional<String> value(String property) {
        return settings.apply(property).map(String::strip).filter(text -> !text.isEmpty());
    }
}
