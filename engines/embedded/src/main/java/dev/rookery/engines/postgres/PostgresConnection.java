package dev.rookery.engines.postgres;

import dev.rookery.engines.Credentials;

/**
 * How to reach a Postgres database.
 *
 * @param host the server's address
 * @param port the server's port
 * @param database the database's name
 * @param credentials user and password
 */
public record PostgresConnection(String host, int port, String database, Credentials credentials) {
    /** The address for JDBC, without user and password. */
    public String jdbcUrl() {
        return "jdbc:postgresql://" + host + ":" + port + "/" + database;
    }

    /** Another database on the same server. */
    public PostgresConnection withDatabase(String other) {
        return new PostgresConnection(host, port, other, credentials);
    }
}
