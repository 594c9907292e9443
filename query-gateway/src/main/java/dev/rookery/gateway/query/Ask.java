package dev.rookery.gateway.query;

import org.jspecify.annotations.Nullable;

/** What a request wants to read. */
public sealed interface Ask {

    /**
     * A published pipe (GW-1).
     *
     * @param pipe its name or id
     * @param over a query that reads the pipe's result as {@code _}; null for the result itself
     */
    record Endpoint(String pipe, @Nullable String over) implements Ask {}

    /**
     * A statement of the caller's own (SQL-1); a template where it begins with {@code %}.
     *
     * @param pipeline a pipe that the statement may call {@code _} (SQL-5); null for none
     * @param database the database a driver has chosen (CHI-4); null for none
     */
    record Statement(
            String sql, @Nullable String pipeline, @Nullable String database) implements Ask {}
}
