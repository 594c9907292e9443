package dev.rookery.db;

import dev.rookery.clickhouse.ClickHouseAdmin;
import dev.rookery.clickhouse.Sql;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/**
 * The platform's own tables on one ClickHouse cluster, versioned as Flyway versions Postgres: {@code V001__theme.sql},
 * one statement per file, never edited after it has landed. Statements are idempotent, because ClickHouse has no
 * transaction to bind them to the history.
 */
final class ClickHouseMigration {
    private static final String HISTORY = "rookery.schema_history";

    private final ClickHouseAdmin admin;

    ClickHouseMigration(ClickHouseAdmin admin) {
        this.admin = admin;
    }

    /** Returns the number of migrations applied. */
    int run() {
        admin.execute("CREATE DATABASE IF NOT EXISTS rookery");
        admin.execute("""
                CREATE TABLE IF NOT EXISTS %s (name String, applied_at DateTime DEFAULT now())
                ENGINE = ReplacingMergeTree ORDER BY name""".formatted(HISTORY));
        Set<String> applied = admin.query("SELECT name FROM " + HISTORY).stream()
                .map(row -> row.getString("name"))
                .collect(Collectors.toSet());
        List<Resource> pending = migrations().stream()
                .filter(migration -> !applied.contains(name(migration)))
                .toList();
        for (Resource migration : pending) {
            admin.execute(text(migration));
            admin.execute("INSERT INTO %s (name) VALUES (%s)".formatted(HISTORY, Sql.literal(name(migration))));
        }
        return pending.size();
    }

    private static List<Resource> migrations() {
        try {
            Resource[] found =
                    new PathMatchingResourcePatternResolver().getResources("classpath:db/migrations/clickhouse/V*.sql");
            return Arrays.stream(found)
                    .sorted(Comparator.comparing(ClickHouseMigration::name))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String name(Resource migration) {
        String name = migration.getFilename();
        if (name == null) {
            throw new IllegalStateException("a migration without a file name: " + migration);
        }
        return name;
    }

    private static String text(Resource migration) {
        try {
            return migration.getContentAsString(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
