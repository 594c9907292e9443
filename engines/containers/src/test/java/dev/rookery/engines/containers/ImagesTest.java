package dev.rookery.engines.containers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.engines.EngineKind;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.testcontainers.utility.DockerImageName;

@DisplayName("The image of an engine")
class ImagesTest {
    @ParameterizedTest
    @EnumSource
    @DisplayName("has a version, and never moves by itself to the latest one")
    void pinned(EngineKind kind) {
        String version = images(Map.of()).of(kind).getVersionPart();

        assertThat(version).isNotEqualTo("latest").containsPattern("[0-9]");
    }

    @Test
    @DisplayName("is what the property names, and stands in for the usual one")
    void chosen() {
        var images = images(Map.of("rookery.containers.postgres.image", " example/postgres:local "));

        var image = images.of(EngineKind.POSTGRES);

        assertThat(image.asCanonicalNameString()).isEqualTo("example/postgres:local");
        assertThat(image.isCompatibleWith(DockerImageName.parse("postgres"))).isTrue();
        assertThat(images.of(EngineKind.KAFKA)).isEqualTo(images(Map.of()).of(EngineKind.KAFKA));
    }

    private static Images images(Map<String, String> properties) {
        return new Images(name -> Optional.ofNullable(properties.get(name)));
    }
}
