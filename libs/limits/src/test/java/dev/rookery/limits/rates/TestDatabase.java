package dev.rookery.limits.rates;

import dev.rookery.engines.testing.TestEngines;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.postgresql.ds.PGSimpleDataSource;

/** One migrated catalog for the tests of this module. */
public final class TestDatabase {
    private static final DataSource SHARED = create();

    private TestDatabase() {}

    public static DataSource shared() {
        return SHARED;
    }

    private static DataSource create() {
        var postgres = TestEngines.newDatabase();
        var dataSource = new PGSimpleDataSource();
        dataSource.setUrl(postgres.jdbcUrl());
        dataSource.setUser(postgres.credentials().user());
        dataSource.setPassword(postgres.credentials().password());
        Flyway.configure()
                .dataSource(dataSource)
                .locations("classpath:db/migrations/postgres")
                .load()
                .migrate();
        return dataSource;
    }
}
