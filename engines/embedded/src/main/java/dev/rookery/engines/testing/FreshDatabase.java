package dev.rookery.engines.testing;

import dev.rookery.engines.EngineException;
import dev.rookery.engines.postgres.PostgresConnection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** Makes databases on a Postgres server. */
final class FreshDatabase {
    private FreshDatabase() {}

    static PostgresConnection create(PostgresConnection server, String name) {
        try (var connection = DriverManager.getConnection(
                        server.jdbcUrl(),
                        server.credentials().user(),
                        server.credentials().password());
                var statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE \"" + name + "\"");
            return server.withDatabase(name);
        } catch (SQLException e) {
            throw new EngineException("Cannot create the database " + name + ": " + e.getMessage(), e);
        }
    }
}
