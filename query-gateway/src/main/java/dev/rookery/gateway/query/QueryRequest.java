package dev.rookery.gateway.query;

import dev.rookery.access.Caller;
import dev.rookery.template.ParameterValue;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One query as a door hands it over.
 *
 * @param id our own ULID: the answer's {@code x-request-id} and ClickHouse's query id (GW-6)
 * @param deployment what {@code __tb__deployment} says; null for the live one
 * @param values what templates read
 * @param format how the answer is written
 * @param settings settings the client asks for outside its SQL, already picked from {@link ClientSettings}
 * @param passedOn what travels to ClickHouse as it is: values of its own placeholders, each named {@code param_…}, and
 *     what a driver's protocol needs
 * @param acceptEncoding the client's header; null when it takes no compressed answer
 */
public record QueryRequest(
        String id,
        Caller.OfWorkspace caller,
        Door door,
        @Nullable String deployment,
        Ask ask,
        Map<String, ParameterValue> values,
        Format format,
        Map<String, String> settings,
        Map<String, String> passedOn,
        @Nullable String acceptEncoding) {

    /**
     * The answer's format.
     *
     * @param name ClickHouse's name of it
     * @param forced whether a {@code FORMAT} in the statement is ignored
     */
    public record Format(String name, boolean forced) {}

    public QueryRequest {
        values = Map.copyOf(values);
        settings = Map.copyOf(settings);
        passedOn = Map.copyOf(passedOn);
    }

    /** The same query again, as the second of its request, with an answer that is not compressed. */
    QueryRequest uncompressed() {
        return new QueryRequest(id + ":2", caller, door, deployment, ask, values, format, settings, passedOn, null);
    }
}
