package dev.rookery.engines.clickhouse;

import dev.rookery.engines.EngineException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Finds the shared library that holds ClickHouse: where the setting says, or where the build put it. */
final class ClickHousePackage {
    private static final List<String> PACKAGES =
            List.of("lib-linux-x64-gnu", "lib-linux-arm64-gnu", "lib-darwin-arm64", "lib-darwin-x64");

    private ClickHousePackage() {}

    static Path library() {
        String chosen = System.getProperty("rookery.clickhouse.library", System.getenv("ROOKERY_CLICKHOUSE_LIBRARY"));
        return library(chosen == null ? "" : chosen, location());
    }

    /**
     * The library's file.
     *
     * @param chosen the file that the setting names; blank for none
     * @param build where the build installs packages
     */
    static Path library(String chosen, Path build) {
        if (!chosen.isBlank()) {
            Path file = Path.of(chosen).toAbsolutePath();
            if (!Files.isRegularFile(file)) {
                throw new EngineException("ROOKERY_CLICKHOUSE_LIBRARY names " + file + ", which does not exist.");
            }
            return file;
        }
        Path modules = build.resolve("node_modules").resolve("@chdb");
        return PACKAGES.stream()
                .map(modules::resolve)
                .flatMap(directory -> Stream.of("libchdb.so", "libchdb.dylib").map(directory::resolve))
                .filter(Files::isRegularFile)
                .findFirst()
                .orElseThrow(() -> new EngineException("The ClickHouse package is missing below " + modules
                        + ": build the project with npm on the PATH, or set ROOKERY_CLICKHOUSE_URL to a server."));
    }

    private static Path location() {
        try (InputStream in = ClickHousePackage.class.getResourceAsStream("/META-INF/rookery/clickhouse.location")) {
            if (in == null) {
                throw new EngineException("The ClickHouse package was not built in: build the project with Maven.");
            }
            return Path.of(new String(in.readAllBytes(), StandardCharsets.UTF_8).strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
