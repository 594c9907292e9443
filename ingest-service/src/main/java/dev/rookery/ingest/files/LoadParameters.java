package dev.rookery.ingest.files;

import dev.rookery.access.web.ApiException;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The parameters of a call that brings rows, from its query string, a form body or the fields of a multipart body; the
 * first value of a name counts. A URL is taken as it stands where it was not encoded: guides post
 * {@code url=https://…?a=1&b=2}, of which a strict reader would see the beginning only (DS-5).
 */
final class LoadParameters {
    private static final String URL = "url=";

    /** What ends a URL that is not encoded. */
    private static final Set<String> OWN = Set.of(
            "name",
            "mode",
            "format",
            "replace_condition",
            "skip_incompatible_partition_key",
            "dialect_delimiter",
            "dialect_escapechar",
            "dialect_new_line",
            "debug",
            "from",
            "cli_version");

    private final Map<String, String> values = new LinkedHashMap<>();

    static LoadParameters ofQuery(HttpServletRequest request) {
        var parameters = new LoadParameters();
        String query = request.getQueryString();
        if (query != null) {
            parameters.addForm(query);
        }
        return parameters;
    }

    /** Whether a body is a form for us, and no file. */
    static boolean isForm(String beginning, boolean saysForm) {
        String text = beginning.stripLeading();
        int equals = text.indexOf('=');
        return text.startsWith(URL + "http")
                || (saysForm && equals > 0 && (OWN.contains(text.substring(0, equals)) || text.startsWith(URL)));
    }

    /** @throws ApiException 400 when something is not URL-encoded properly */
    void addForm(String form) {
        int at = 0;
        while (at < form.length()) {
            int end = end(form, at);
            String pair = form.substring(at, end);
            int equals = pair.indexOf('=');
            if (equals > 0) {
                String value = pair.substring(equals + 1);
                put(decode(pair.substring(0, equals)), isPlainUrl(form, at) ? value.strip() : decode(value));
            }
            at = end + 1;
        }
    }

    void put(String name, String value) {
        values.putIfAbsent(name, value);
    }

    /** The value without the white space around it; empty when there is none. */
    Optional<String> find(String name) {
        return findExact(name).map(String::strip).filter(value -> !value.isEmpty());
    }

    /** The value as it is, which may be a space. */
    Optional<String> findExact(String name) {
        return Optional.ofNullable(values.get(name)).filter(value -> !value.isEmpty());
    }

    private static boolean isPlainUrl(String form, int at) {
        return form.startsWith(URL, at)
                && (form.startsWith("http://", at + URL.length()) || form.startsWith("https://", at + URL.length()));
    }

    private static int end(String form, int at) {
        int end = next(form, at);
        while (isPlainUrl(form, at) && end < form.length() && !isOwn(form, end + 1)) {
            end = next(form, end + 1);
        }
        return end;
    }

    private static int next(String form, int from) {
        int ampersand = form.indexOf('&', from);
        return ampersand < 0 ? form.length() : ampersand;
    }

    private static boolean isOwn(String form, int at) {
        int equals = form.indexOf('=', at);
        return equals > at && OWN.contains(form.substring(at, equals));
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw ApiException.badRequest("The parameter text '%s' is not URL-encoded properly".formatted(text));
        }
    }
}
