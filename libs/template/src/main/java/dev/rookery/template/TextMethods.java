package dev.rookery.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.function.Predicate;

/** The methods of strings. */
final class TextMethods {
    private static final Set<String> NAMES = Set.of(
            "split",
            "rsplit",
            "startswith",
            "endswith",
            "upper",
            "lower",
            "strip",
            "lstrip",
            "rstrip",
            "replace",
            "join",
            "title",
            "capitalize",
            "find",
            "rfind",
            "count",
            "isdigit",
            "isalpha",
            "isalnum",
            "isnumeric",
            "zfill",
            "removeprefix",
            "removesuffix",
            "splitlines");

    private final MethodArguments call;
    private final List<Value> arguments;
    private final Budget budget;

    private TextMethods(MethodArguments call) {
        this.call = call;
        this.arguments = call.values();
        this.budget = call.budget();
    }

    static boolean exists(String name) {
        return NAMES.contains(name);
    }

    static Value call(String text, MethodArguments call) {
        return new TextMethods(call).text(text);
    }

    private Value text(String text) {
        budget.text(text.length());
        return switch (call.name()) {
            case "upper" -> bounded(text.toUpperCase(Locale.ROOT));
            case "lower" -> bounded(text.toLowerCase(Locale.ROOT));
            case "strip" -> strip(text, true, true);
            case "lstrip" -> strip(text, true, false);
            case "rstrip" -> strip(text, false, true);
            case "startswith" -> Value.Bool.of(anyOf(part -> text.startsWith(part)));
            case "endswith" -> Value.Bool.of(anyOf(part -> text.endsWith(part)));
            case "split" -> split(text, false);
            case "rsplit" -> split(text, true);
            case "splitlines" -> {
                budget.items(text.chars().filter(c -> c == '\n' || c == '\r').count());
                yield texts(text.lines().toList());
            }
            case "replace" -> replace(text);
            case "join" -> join(text);
            case "title" -> title(text);
            case "capitalize" -> {
                call.expect(0, 0);
                yield bounded(text.isEmpty() ? text : capitalised(text));
            }
            case "find" -> Value.Int.of(text.indexOf(sought(text)));
            case "rfind" -> Value.Int.of(text.lastIndexOf(sought(text)));
            case "index" -> {
                var at = text.indexOf(sought(text));
                if (at < 0) {
                    throw new EvaluationException("substring not found");
                }
                yield Value.Int.of(at);
            }
            case "count" -> Value.Int.of(count(text, sought(text)));
            case "isdigit", "isnumeric" -> all(text, Character::isDigit);
            case "isalpha" -> all(text, Character::isLetter);
            case "isalnum" -> all(text, Character::isLetterOrDigit);
            case "zfill" -> zfill(text);
            case "removeprefix" -> {
                var prefix = call.text(0);
                yield new Value.Text(text.startsWith(prefix) ? text.substring(prefix.length()) : text);
            }
            case "removesuffix" -> {
                var suffix = call.text(0);
                yield new Value.Text(text.endsWith(suffix) ? text.substring(0, text.length() - suffix.length()) : text);
            }
            default -> throw call.unknown(new Value.Text(text));
        };
    }

    private Value strip(String text, boolean left, boolean right) {
        call.expect(0, 1);
        IntPredicate stripped = arguments.isEmpty() || Semantics.isNull(arguments.getFirst())
                ? Character::isWhitespace
                : c -> call.text(0).indexOf(c) >= 0;
        if (!arguments.isEmpty() && !Semantics.isNull(arguments.getFirst())) {
            budget.search(text.length(), call.text(0).length());
        }
        var from = 0;
        var to = text.length();
        while (left && from < to && stripped.test(text.charAt(from))) {
            from++;
        }
        while (right && to > from && stripped.test(text.charAt(to - 1))) {
            to--;
        }
        return new Value.Text(text.substring(from, to));
    }

    private boolean anyOf(Predicate<String> test) {
        call.expect(1, 1);
        if (arguments.getFirst() instanceof Value.Items choices) {
            for (var choice : choices.items()) {
                budget.step();
                if (choice instanceof Value.Text text && test.test(text.text())) {
                    return true;
                }
            }
            return false;
        }
        return test.test(call.text(0));
    }

    private Value split(String text, boolean fromRight) {
        call.expect(0, 2);
        var limit = arguments.size() > 1 ? Numbers.toInt(arguments.get(1)) : -1;
        if (arguments.isEmpty() || Semantics.isNull(arguments.getFirst())) {
            return words(text, limit);
        }
        var separator = call.text(0);
        if (separator.isEmpty()) {
            throw new EvaluationException("empty separator");
        }
        budget.search(text.length(), separator.length());
        var parts = new ArrayList<String>();
        if (fromRight && limit >= 0) {
            var end = text.length();
            for (var at = text.lastIndexOf(separator);
                    at >= 0 && parts.size() < limit;
                    at = text.lastIndexOf(separator, at - separator.length())) {
                parts.addFirst(text.substring(at + separator.length(), end));
                end = at;
                if (at < separator.length()) {
                    break;
                }
            }
            parts.addFirst(text.substring(0, end));
            return texts(parts);
        }
        var from = 0;
        for (var at = text.indexOf(separator);
                at >= 0 && (limit < 0 || parts.size() < limit);
                at = text.indexOf(separator, from)) {
            budget.step();
            parts.add(text.substring(from, at));
            from = at + separator.length();
        }
        parts.add(text.substring(from));
        return texts(parts);
    }

    private Value words(String text, int limit) {
        var words = new ArrayList<String>();
        var at = blanksFrom(text, 0);
        while (at < text.length()) {
            budget.items(1);
            var end = at;
            while (end < text.length() && (words.size() == limit || !Character.isWhitespace(text.charAt(end)))) {
                end++;
            }
            words.add(text.substring(at, end));
            at = blanksFrom(text, end);
        }
        return texts(words);
    }

    private static int blanksFrom(String text, int from) {
        var at = from;
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return at;
    }

    private Value texts(List<String> parts) {
        budget.items(parts.size());
        var items = new ArrayList<Value>(parts.size());
        parts.forEach(part -> items.add(new Value.Text(part)));
        return Containers.list(items);
    }

    private Value replace(String text) {
        call.expect(2, 3);
        var old = call.text(0);
        var replacement = call.text(1);
        var limit = arguments.size() > 2 ? Numbers.toInt(arguments.get(2)) : -1;
        budget.search(text.length(), old.length());
        var found = count(text, old);
        var times = limit < 0 ? found : Math.min(found, limit);
        budget.text(text.length() + (long) times * Math.max(0, replacement.length() - old.length()));
        if (limit < 0) {
            return new Value.Text(text.replace(old, replacement));
        }
        var replaced = new StringBuilder();
        var from = 0;
        for (var i = 0; i < times && !old.isEmpty(); i++) {
            var at = text.indexOf(old, from);
            replaced.append(text, from, at).append(replacement);
            from = at + old.length();
        }
        return new Value.Text(replaced.append(text, from, text.length()).toString());
    }

    private Value join(String separator) {
        call.expect(1, 1);
        var joined = new StringBuilder();
        var first = true;
        for (var item : Containers.elements(arguments.getFirst(), budget)) {
            if (!(item instanceof Value.Text text)) {
                throw new EvaluationException(
                        "sequence item: expected str instance, " + Semantics.typeName(item) + " found");
            }
            if (!first) {
                joined.append(separator);
            }
            first = false;
            budget.characters(separator.length() + text.text().length());
            joined.append(text.text());
            budget.length(joined.length());
        }
        return new Value.Text(joined.toString());
    }

    private Value title(String text) {
        call.expect(0, 0);
        var titled = new StringBuilder(text.length());
        var inWord = false;
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            titled.append(inWord ? Character.toLowerCase(c) : Character.toTitleCase(c));
            inWord = Character.isLetter(c);
        }
        return new Value.Text(titled.toString());
    }

    private static String capitalised(String text) {
        return Character.toTitleCase(text.charAt(0)) + text.substring(1).toLowerCase(Locale.ROOT);
    }

    private Value zfill(String text) {
        call.expect(1, 1);
        var width = Numbers.toInt(arguments.getFirst());
        budget.text(width);
        var sign = text.startsWith("-") || text.startsWith("+") ? 1 : 0;
        return new Value.Text(
                text.substring(0, sign) + "0".repeat(Math.max(0, width - text.length())) + text.substring(sign));
    }

    private Value all(String text, IntPredicate test) {
        call.expect(0, 0);
        return Value.Bool.of(!text.isEmpty() && text.chars().allMatch(test));
    }

    private static int count(String text, String part) {
        if (part.isEmpty()) {
            return text.length() + 1;
        }
        var count = 0;
        for (var at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length())) {
            count++;
        }
        return count;
    }

    private String sought(String text) {
        call.expect(1, 1);
        var sought = call.text(0);
        budget.search(text.length(), sought.length());
        return sought;
    }

    private Value bounded(String text) {
        budget.text(text.length());
        return new Value.Text(text);
    }
}
