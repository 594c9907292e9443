package dev.rookery.ingest.encoding;

import java.util.ArrayList;
import java.util.List;

/** Reads {@code $.a.['b.c'][:]}. */
final class JsonPathParser {

    private final String text;
    private int at;

    JsonPathParser(String text) {
        this.text = text;
    }

    JsonPath parse() {
        if (text.startsWith("json:")) {
            at = "json:".length();
        }
        if (!accept("$")) {
            throw error("expected '$'");
        }
        var steps = new ArrayList<JsonPath.Step>();
        while (at < text.length()) {
            steps.add(step(steps));
        }
        return new JsonPath(steps);
    }

    private JsonPath.Step step(List<JsonPath.Step> before) {
        if (accept("[:]") || accept(".[:]") || accept("[*]") || accept(".[*]")) {
            if (before.stream().anyMatch(JsonPath.Each.class::isInstance)) {
                throw error("arrays of arrays are not supported");
            }
            return new JsonPath.Each();
        }
        if (accept("['") || accept(".['")) {
            return bracketed('\'');
        }
        if (accept("[\"") || accept(".[\"")) {
            return bracketed('"');
        }
        if (!accept(".")) {
            throw error("expected '.', \"['\" or '[:]'");
        }
        int start = at;
        while (at < text.length() && text.charAt(at) != '.' && text.charAt(at) != '[') {
            at++;
        }
        if (start == at) {
            throw error("expected a key");
        }
        return new JsonPath.Key(text.substring(start, at));
    }

    private JsonPath.Step bracketed(char quote) {
        int end = text.indexOf(quote + "]", at);
        if (end < 0) {
            throw error("bracket is not closed");
        }
        var key = new JsonPath.Key(text.substring(at, end));
        at = end + 2;
        return key;
    }

    private boolean accept(String expected) {
        if (!text.startsWith(expected, at)) {
            return false;
        }
        at += expected.length();
        return true;
    }

    private LayoutException error(String message) {
        return new LayoutException("JSONPath '%s': %s at character %d".formatted(text, message, at));
    }
}
