package dev.rookery.template;

/** Writes a value as JSON, for the body of {@code custom_error} (TPL-22). */
final class JsonWriter {
    private static final String HEXADECIMAL = "0123456789abcdef";

    private final StringBuilder json = new StringBuilder();
    private final Budget budget;

    private JsonWriter(Budget budget) {
        this.budget = budget;
    }

    static String write(Value value, Budget budget) {
        var writer = new JsonWriter(budget);
        writer.value(value);
        return writer.json.toString();
    }

    private void value(Value value) {
        budget.step();
        budget.length(json.length());
        switch (value) {
            case Value.Text text -> string(text.text());
            case Value.Undefined _ -> json.append("null");
            case Value.Int number -> json.append(number.number());
            case Value.Real number -> json.append(Numbers.repr(number.number()));
            case Value.Bool truth -> json.append(truth.truth());
            case Value.Atom _ -> json.append("null");
            case Value.Identifiers identifiers -> string(String.join(",", identifiers.names()));
            case Value.Conjunction _ -> throw new EvaluationException("The result of sql_and can only be rendered");
            case Value.Items items -> {
                var separator = "[";
                for (var item : items.items()) {
                    json.append(separator);
                    separator = ", ";
                    value(item);
                }
                json.append(items.items().isEmpty() ? "[]" : "]");
            }
            case Value.Dict dict -> {
                var separator = "{";
                for (var entry : dict.entries().entrySet()) {
                    json.append(separator);
                    separator = ", ";
                    string(Semantics.plainText(entry.getKey()));
                    json.append(": ");
                    value(entry.getValue());
                }
                json.append(dict.entries().isEmpty() ? "{}" : "}");
            }
        }
    }

    private void string(String text) {
        budget.characters(text.length());
        json.append('"');
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            switch (c) {
                case '"', '\\' -> json.append('\\').append(c);
                case '\n' -> json.append("\\n");
                case '\r' -> json.append("\\r");
                case '\t' -> json.append("\\t");
                default -> {
                    if (c < ' ') {
                        json.append("\\u00").append(HEXADECIMAL.charAt(c >> 4)).append(HEXADECIMAL.charAt(c & 0xf));
                    } else {
                        json.append(c);
                    }
                }
            }
        }
        json.append('"');
    }
}
