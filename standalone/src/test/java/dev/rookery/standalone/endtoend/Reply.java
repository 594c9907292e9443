package dev.rookery.standalone.endtoend;

import java.net.http.HttpHeaders;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An answer, read to its end. */
public record Reply(int status, HttpHeaders headers, String body) {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    JsonNode json() {
        return JSON.readTree(body);
    }

    String header(String name) {
        return headers.firstValue(name).orElse("");
    }

    /** The message of an error. */
    String error() {
        return json().path("error").asString("");
    }

    @Override
    public String toString() {
        return status + " " + body;
    }
}
