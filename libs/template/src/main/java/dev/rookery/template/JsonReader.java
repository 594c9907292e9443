package dev.rookery.template;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/** Reads JSON (RFC 8259) into values, within the budget. Null where the text is no JSON. */
final class JsonReader {
    private static final int HEXADECIMAL = 16;

    private final String text;
    private final Budget budget;
    private int at;
    private int depth;

    private JsonReader(String text, Budget budget) {
        this.text = text;
        this.budget = budget;
    }

    static @Nullable Value read(String text, Budget budget) {
        budget.text(text.length());
        var reader = new JsonReader(text, budget);
        var value = reader.value();
        reader.blanks();
        return reader.at == text.length() ? value : null;
    }

    private @Nullable Value value() {
        budget.step();
        blanks();
        if (at == text.length()) {
            return null;
        }
        return switch (text.charAt(at)) {
            case '{' -> dict();
            case '[' -> list();
            case '"' -> text();
            case 't' -> word("true", Value.Bool.TRUE);
            case 'f' -> word("false", Value.Bool.FALSE);
            case 'n' -> word("null", Value.Atom.NONE);
            default -> number();
        };
    }

    private @Nullable Value text() {
        var string = string();
        return string == null ? null : new Value.Text(string);
    }

    private @Nullable Value word(String word, Value value) {
        if (!text.startsWith(word, at)) {
            return null;
        }
        at += word.length();
        return value;
    }

    private @Nullable Value list() {
        enter();
        var items = new ArrayList<Value>();
        if (!accept(']')) {
            do {
                var item = value();
                if (item == null) {
                    return null;
                }
                items.add(item);
            } while (accept(','));
            if (!accept(']')) {
                return null;
            }
        }
        depth--;
        budget.items(items.size());
        return Containers.list(items);
    }

    private @Nullable Value dict() {
        enter();
        var entries = new LinkedHashMap<Value, Value>();
        if (!accept('}')) {
            do {
                blanks();
                var key = string();
                if (key == null || !accept(':')) {
                    return null;
                }
                var value = value();
                if (value == null) {
                    return null;
                }
                entries.put(new Value.Text(key), value);
            } while (accept(','));
            if (!accept('}')) {
                return null;
            }
        }
        depth--;
        budget.items(entries.size());
        return Containers.dict(entries);
    }

    private void enter() {
        at++;
        if (++depth > Budget.MAX_VALUE_DEPTH) {
            throw Budget.exhausted("a value is nested more than " + Budget.MAX_VALUE_DEPTH + " deep");
        }
    }

    private @Nullable String string() {
        if (at == text.length() || text.charAt(at) != '"') {
            return null;
        }
        at++;
        var string = new StringBuilder();
        while (at < text.length()) {
            var c = text.charAt(at++);
            if (c == '"') {
                return string.toString();
            }
            if (c < ' ') {
                return null;
            }
            if (c != '\\') {
                string.append(c);
            } else if (!escape(string)) {
                return null;
            }
        }
        return null;
    }

    private boolean escape(StringBuilder string) {
        if (at == text.length()) {
            return false;
        }
        var c = text.charAt(at++);
        var plain = "\"\\/bfnrt".indexOf(c);
        if (plain >= 0) {
            string.append("\"\\/\b\f\n\r\t".charAt(plain));
            return true;
        }
        if (c != 'u' || at + 4 > text.length()) {
            return false;
        }
        var unit = 0;
        for (var end = at + 4; at < end; at++) {
            var digit = Character.digit(text.charAt(at), HEXADECIMAL);
            if (digit < 0) {
                return false;
            }
            unit = unit * HEXADECIMAL + digit;
        }
        string.append((char) unit);
        return true;
    }

    private @Nullable Value number() {
        var start = at;
        while (at < text.length() && "+-0123456789.eE".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        var digits = text.substring(start, at);
        if (digits.startsWith("+")) {
            return null;
        }
        var whole = Numbers.parseWhole(digits);
        if (whole != null) {
            return Value.Int.of(whole);
        }
        var real = Numbers.parseReal(digits);
        return real == null ? null : new Value.Real(real);
    }

    private boolean accept(char c) {
        blanks();
        var found = at < text.length() && text.charAt(at) == c;
        at += found ? 1 : 0;
        return found;
    }

    private void blanks() {
        while (at < text.length() && " \t\n\r".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }
}
