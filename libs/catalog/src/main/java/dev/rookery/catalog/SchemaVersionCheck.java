package dev.rookery.catalog;

import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Refuses to start a service on a catalog that {@code migrate} has not brought far enough. A newer schema is accepted:
 * migrations are written so that the previous version of the services can live with them.
 */
public final class SchemaVersionCheck {
    /** The newest migration this version of the code needs. */
    static final int REQUIRED_VERSION = 29;

    SchemaVersionCheck(JdbcClient jdbc) {
        int version = version(jdbc);
        if (version < REQUIRED_VERSION) {
            throw new IllegalStateException(
                    "The catalog's schema has version %d, but this service needs %d: run migrate first"
                            .formatted(version, REQUIRED_VERSION));
        }
    }

    private static int version(JdbcClient jdbc) {
        try {
            return jdbc.sql("select coalesce(max(version::int), 0) from flyway_schema_history where success")
                    .query(Integer.class)
                    .single();
        } catch (BadSqlGrammarException noHistory) {
            return 0;
        }
    }
}
