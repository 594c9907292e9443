package dev.rookery.ingest.files;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** Texts that hold arrays, maps and objects inside a field. */
final class JsonText {
    private static final JsonFactory FACTORY = new JsonFactory();

    private JsonText() {}

    /** Whether the text is one JSON array or object. */
    static boolean isValue(String text) {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
            JsonToken first = parser.nextToken();
            if (first == null || !first.isStructStart()) {
                return false;
            }
            parser.skipChildren();
            return parser.nextToken() == null;
        } catch (JacksonException e) {
            return false;
        }
    }

    /** What ClickHouse itself writes into a CSV, as in {@code ['a','b']}, as JSON; empty when it is not that. */
    static String ofLiteral(String text) {
        StringBuilder json = new StringBuilder(text.length() + 8);
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\'') {
                quoted = !quoted;
                json.append('"');
            } else if (!quoted) {
                json.append(c == '(' ? '[' : c == ')' ? ']' : c);
            } else if (c == '\\' && i + 1 < text.length()) {
                char escaped = text.charAt(++i);
                json.append(escaped == '\'' ? "'" : escaped == '0' ? "\\u0000" : "\\" + escaped);
            } else {
                json.append(c == '"' ? "\\\"" : String.valueOf(c));
            }
        }
        String result = json.toString();
        return isValue(result) ? result : "";
    }
}
