package dev.rookery.engines.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.engines.EngineException;
import dev.rookery.engines.EngineKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("Where the shared engines come from")
class EngineChoiceTest {
    @ParameterizedTest
    @EnumSource
    @DisplayName("child processes, when nothing is set")
    void embeddedByDefault(EngineKind kind) {
        assertThat(choice(Map.of()).providerOf(kind)).isEqualTo("embedded");
        assertThat(choice(Map.of("rookery.engines", " ")).providerOf(kind)).isEqualTo("embedded");
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("one setting for all of them")
    void all(EngineKind kind) {
        assertThat(choice(Map.of("rookery.engines", "containers")).providerOf(kind))
                .isEqualTo("containers");
    }

    @Test
    @DisplayName("an engine that is chosen alone leaves the others embedded, even under the profile")
    void one() {
        assertThat(providers(Map.of("rookery.engines", "containers", "rookery.engines.postgres", "containers")))
                .isEqualTo(Map.of(
                        EngineKind.CLICKHOUSE, "embedded",
                        EngineKind.POSTGRES, "containers",
                        EngineKind.KAFKA, "embedded",
                        EngineKind.S3, "embedded"));
    }

    @Test
    @DisplayName("an engine that is kept embedded leaves the others to the setting for all")
    void allButOne() {
        assertThat(providers(Map.of("rookery.engines", "containers", "rookery.engines.s3", "embedded")))
                .isEqualTo(Map.of(
                        EngineKind.CLICKHOUSE, "containers",
                        EngineKind.POSTGRES, "containers",
                        EngineKind.KAFKA, "containers",
                        EngineKind.S3, "embedded"));
    }

    @Test
    @DisplayName("a provider is loaded once, and not before an engine asks for it")
    void loadedOnce() {
        var factory = new EngineFactory();
        var loaded = new ArrayList<String>();
        var providers = new EngineProviders(
                new EmbeddedEngines(factory), choice(Map.of("rookery.engines", "elsewhere")), name -> {
                    loaded.add(name);
                    return new EmbeddedEngines(factory);
                });
        assertThat(loaded).isEmpty();

        var first = providers.of(EngineKind.KAFKA);

        assertThat(providers.of(EngineKind.POSTGRES)).isSameAs(first);
        assertThat(loaded).containsExactly("elsewhere");
    }

    @Test
    @DisplayName("a provider that is not on the class path is named, with what to do")
    void missing() {
        assertThatThrownBy(() -> EngineProviders.fromClassPath("elsewhere"))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("'elsewhere'")
                .hasMessageContaining("Maven profile");
    }

    private static Map<EngineKind, String> providers(Map<String, String> properties) {
        return Arrays.stream(EngineKind.values())
                .collect(Collectors.toMap(kind -> kind, choice(properties)::providerOf));
    }

    private static EngineChoice choice(Map<String, String> properties) {
        return new EngineChoice(name -> Optional.ofNullable(properties.get(name)));
    }
}
