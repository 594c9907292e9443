package dev.rookery.gateway.web;

import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** The error body where it is written by hand. */
final class Json {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private Json() {}

    static byte[] error(String message) {
        return MAPPER.writeValueAsBytes(Map.of("error", message));
    }
}
