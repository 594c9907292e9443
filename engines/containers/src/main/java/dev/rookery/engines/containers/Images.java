package dev.rookery.engines.containers;

import dev.rookery.engines.EngineKind;
import java.util.Optional;
import java.util.function.Function;
import org.testcontainers.utility.DockerImageName;

/**
 * The image of each engine: {@code rookery.containers.<engine>.image}, or the one we develop with. An image of one's
 * own must take the same environment variables and ports as the usual one.
 */
final class Images {
    private final Function<String, Optional<String>> settings;

    /** @param settings the value of a property, when it is set */
    Images(Function<String, Optional<String>> settings) {
        this.settings = settings;
    }

    static Images ofSystemProperties() {
        return new Images(name -> Optional.ofNullable(System.getProperty(name)));
    }

    DockerImageName of(EngineKind kind) {
        var usual = DockerImageName.parse(usual(kind));
        return settings.apply("rookery.containers." + kind.key() + ".image")
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .map(name -> DockerImageName.parse(name).asCompatibleSubstituteFor(usual.getUnversionedPart()))
                .orElse(usual);
    }

    private static String usual(EngineKind kind) {
        return switch (kind) {
            case CLICKHOUSE -> "clickhouse/clickhouse-server:26.7";
            case POSTGRES -> "postgres:18";
            case KAFKA -> "apache/kafka:4.1.0";
            case S3 -> "minio/minio:RELEASE.2025-09-07T16-13-09Z";
        };
    }
}
