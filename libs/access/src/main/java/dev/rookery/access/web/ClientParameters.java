package dev.rookery.access.web;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

/**
 * The parameters of an administrative call: from the query string and from the body, which counts as JSON when it starts
 * with a brace and as a form otherwise, whatever its Content-Type says (client-contract.md 1, rules 3, 5 and 6).
 */
public final class ClientParameters {
    private static final int MAX_BODY = 1 << 20;
    private static final ObjectMapper JSON = JsonMapper.builder().build();

    private final Map<String, List<String>> values;
    private final @Nullable JsonNode json;

    private ClientParameters(Map<String, List<String>> values, @Nullable JsonNode json) {
        this.values = values;
        this.json = json;
    }

    /** @throws ApiException 400 when the body is not what it seems to be, 413 when it is above 1 MiB */
    public static ClientParameters of(HttpServletRequest request) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        readForm(request.getQueryString(), values);
        String body = body(request).strip();
        if (body.startsWith("{")) {
            JsonNode json = parse(body);
            json.properties().forEach(entry -> addJson(entry.getKey(), entry.getValue(), values));
            return new ClientParameters(values, json);
        }
        readForm(body, values);
        return new ClientParameters(values, null);
    }

    /** The query string alone. */
    public static ClientParameters ofQuery(HttpServletRequest request) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        readForm(request.getQueryString(), values);
        return new ClientParameters(values, null);
    }

    /** The first value that is not blank. */
    public Optional<String> find(String name) {
        return all(name).stream().filter(value -> !value.isBlank()).findFirst();
    }

    /** @throws ApiException 400 naming the parameter when it is missing */
    public String require(String name) {
        return find(name).orElseThrow(() -> ApiException.badRequest("The parameter '%s' is missing".formatted(name)));
    }

    /** Whether the parameter says yes: {@code true}, {@code 1} or {@code yes}, in any case. */
    public boolean isTrue(String name) {
        return find(name)
                .map(value -> value.equalsIgnoreCase("true") || value.equals("1") || value.equalsIgnoreCase("yes"))
                .orElse(false);
    }

    /** Every value given under the name, in order. */
    public List<String> all(String name) {
        return values.getOrDefault(name, List.of());
    }

    /** The body, where it was JSON. */
    public Optional<JsonNode> json() {
        return Optional.ofNullable(json);
    }

    private static String body(HttpServletRequest request) {
        try {
            byte[] bytes = request.getInputStream().readNBytes(MAX_BODY + 1);
            if (bytes.length > MAX_BODY) {
                throw ApiException.tooLarge("The request body is larger than 1 MiB");
            }
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode parse(String body) {
        try {
            return JSON.readTree(body);
        } catch (JacksonException e) {
            throw ApiException.badRequest("The body is not valid JSON: " + e.getOriginalMessage());
        }
    }

    private static void addJson(String name, JsonNode value, Map<String, List<String>> values) {
        if (value.isArray()) {
            value.forEach(item -> addJson(name, item, values));
        } else if (value.isValueNode() && !value.isNull()) {
            add(name, value.asString(), values);
        }
    }

    private static void readForm(@Nullable String form, Map<String, List<String>> values) {
        if (form == null || form.isBlank()) {
            return;
        }
        for (String pair : form.split("&", -1)) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                String name = equals < 0 ? pair : pair.substring(0, equals);
                add(decode(name), equals < 0 ? "" : decode(pair.substring(equals + 1)), values);
            }
        }
    }

    private static void add(String name, String value, Map<String, List<String>> values) {
        values.computeIfAbsent(name, _ -> new ArrayList<>()).add(value);
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw ApiException.badRequest("The parameter text '%s' is not URL-encoded properly".formatted(text));
        }
    }
}
