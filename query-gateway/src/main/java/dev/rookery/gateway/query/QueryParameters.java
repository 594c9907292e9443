package dev.rookery.gateway.query;

import dev.rookery.access.web.ApiException;
import dev.rookery.template.ParameterValue;
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
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a client sends along with a query: the query string, and a body that is JSON, a form or SQL by its content, never
 * by its Content-Type (client-contract.md 1, rules 2, 5, 6 and 11). Where both have a key, the body's counts. Immutable.
 */
public final class QueryParameters {
    /** Names that belong to the platform and its clients, and never reach a pipe (client-contract.md 1, rule 2). */
    static final Set<String> RESERVED = Set.of(
            "token",
            "from",
            "cli_version",
            "__tb__semver",
            "__tb__deployment",
            "__tb__min_deployment",
            "__tb__client",
            "q",
            "pipeline",
            "playground",
            "release_replacements",
            "format",
            "explain",
            "debug");

    private static final int MAX_BODY = 1 << 20;

    /** A form begins with a key and an equals sign; no statement does. */
    private static final Pattern FORM = Pattern.compile("[\\w.%+\\[\\]-]+=.*", Pattern.DOTALL);

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Map<String, List<String>> texts;
    private final Map<String, Object> json;
    private final @Nullable String statement;

    private QueryParameters(Map<String, List<String>> texts, Map<String, Object> json, @Nullable String statement) {
        this.texts = texts;
        this.json = json;
        this.statement = statement;
    }

    /** @throws ApiException 400 when the body is not what it seems to be, 413 when it is above 1 MiB */
    public static QueryParameters of(HttpServletRequest request) {
        Map<String, List<String>> texts = new LinkedHashMap<>(form(request.getQueryString()));
        String body = body(request);
        String start = body.strip();
        if (start.startsWith("{")) {
            return new QueryParameters(texts, json(start), null);
        }
        if (FORM.matcher(start).matches()) {
            texts.putAll(form(start));
            return new QueryParameters(texts, Map.of(), null);
        }
        return new QueryParameters(texts, Map.of(), start.isEmpty() ? null : body);
    }

    /** The first value that is not blank. */
    public Optional<String> find(String name) {
        if (json.containsKey(name)) {
            return json.get(name) instanceof String text && !text.isBlank() ? Optional.of(text) : Optional.empty();
        }
        return texts.getOrDefault(name, List.of()).stream()
                .filter(value -> !value.isBlank())
                .findFirst();
    }

    /** The parameter {@code q}, or else a body that is SQL (SQL-1 to SQL-3). */
    public Optional<String> statement() {
        return find("q").or(() -> Optional.ofNullable(statement));
    }

    /** Every parameter that is not reserved: repeated keys and JSON arrays are arrays. */
    public Map<String, ParameterValue> values() {
        Map<String, ParameterValue> values = new LinkedHashMap<>();
        texts.forEach((name, list) -> {
            if (!RESERVED.contains(name)) {
                values.put(name, ParameterValue.ofRepeated(list));
            }
        });
        json.forEach((name, value) -> {
            if (!RESERVED.contains(name)) {
                values.put(name, ofJson(name, value));
            }
        });
        return values;
    }

    private static ParameterValue ofJson(String name, @Nullable Object value) {
        try {
            return ParameterValue.ofJson(value);
        } catch (IllegalArgumentException e) {
            throw ApiException.badRequest("The parameter '%s' cannot be used: %s".formatted(name, e.getMessage()));
        }
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

    @SuppressWarnings("unchecked") // a JSON object's keys are strings
    private static Map<String, Object> json(String body) {
        try {
            return JSON.readValue(body, Map.class);
        } catch (JacksonException e) {
            throw ApiException.badRequest("The body is not valid JSON: " + e.getOriginalMessage());
        }
    }

    private static Map<String, List<String>> form(@Nullable String text) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        if (text == null || text.isBlank()) {
            return values;
        }
        for (String pair : text.split("&", -1)) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                String name = decode(equals < 0 ? pair : pair.substring(0, equals));
                String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
                values.computeIfAbsent(name, _ -> new ArrayList<>()).add(value);
            }
        }
        return values;
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw ApiException.badRequest("The parameter text '%s' is not URL-encoded properly".formatted(text));
        }
    }
}
