package dev.rookery.access.jwt;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One thing that a JWT may read (JWT-8). */
public sealed interface JwtScope {
    /** The name or id of the pipe or data source (JWT-9). */
    String resource();

    /** Whether it is about the resource of this name and id. */
    default boolean names(String name, String id) {
        return resource().equals(name) || (!id.isEmpty() && resource().equals(id));
    }

    /**
     * {@code PIPES:READ}.
     *
     * @param fixedParams values that templates get whatever the request says (JWT-10): strings, numbers, booleans, lists,
     *     maps and null, as JSON has them
     */
    record ReadPipe(String resource, Map<String, @Nullable Object> fixedParams) implements JwtScope {
        public ReadPipe {
            // Map.copyOf refuses null values.
            fixedParams = Collections.unmodifiableMap(new LinkedHashMap<>(fixedParams));
        }
    }

    /**
     * {@code DATASOURCES:READ}.
     *
     * @param filter which rows it sees (JWT-11), not read yet; empty for all
     */
    record ReadDatasource(String resource, String filter) implements JwtScope {}
}
