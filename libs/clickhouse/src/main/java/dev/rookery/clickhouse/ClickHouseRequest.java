package dev.rookery.clickhouse;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One call of ClickHouse's HTTP interface.
 *
 * @param statement the SQL
 * @param body what follows the statement, as for INSERT; null when nothing does. Never regrouped: sent as one block of
 *     known length
 * @param parameters the interface's parameters: settings, {@code param_x}, {@code role} (one or several), {@code query_id}, …
 * @param headers headers to pass on, such as {@code Accept-Encoding}
 */
public record ClickHouseRequest(
        String statement, byte @Nullable [] body, Map<String, String> parameters, Map<String, String> headers) {
    /** Stands between roles, where a statement runs under several. */
    public static final String ROLE_SEPARATOR = ",";

    public ClickHouseRequest {
        parameters = Map.copyOf(parameters);
        headers = Map.copyOf(headers);
    }

    /** A statement without settings. */
    public static ClickHouseRequest of(String statement) {
        return new ClickHouseRequest(statement, null, Map.of(), Map.of());
    }

    /** An insert of the rows in the body. */
    public static ClickHouseRequest insert(String statement, byte[] body) {
        return new ClickHouseRequest(statement, body, Map.of(), Map.of());
    }

    /** The same with one more parameter. */
    public ClickHouseRequest with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(parameters);
        more.put(name, value);
        return new ClickHouseRequest(statement, body, more, headers);
    }

    /** The same with one more header. */
    public ClickHouseRequest withHeader(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new ClickHouseRequest(statement, body, parameters, more);
    }
}
