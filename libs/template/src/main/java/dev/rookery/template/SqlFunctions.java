package dev.rookery.template;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The functions that make SQL, stop rendering or read structured parameters. */
final class SqlFunctions {
    private static final int MAX_IDENTIFIER = 256;
    private static final int SPLITS_PER_CHECK = 4096;
    private static final int MAX_SHOWN = 100;
    private static final int MAX_THREADS = 1024;

    private SqlFunctions() {}

    /** TPL-12. */
    static Value column(List<Optional<Value>> arguments, Frame frame) {
        var value = orDefault(arguments, frame);
        if (value instanceof Value.Identifiers) {
            return value;
        }
        frame.budget.step();
        return new Value.Identifiers(List.of(identifier(Semantics.plainText(value))), '`');
    }

    /** TPL-13. */
    static Value columns(List<Optional<Value>> arguments, Frame frame) {
        var value = orDefault(arguments, frame);
        if (value instanceof Value.Identifiers) {
            return value;
        }
        var names = new ArrayList<String>();
        for (var part : parts(value, ",", frame.budget)) {
            names.add(identifier(Semantics.plainText(part)));
        }
        if (names.isEmpty()) {
            throw new EvaluationException("columns: no column is named");
        }
        return new Value.Identifiers(List.copyOf(names), '`');
    }

    /** TPL-14. Always quoted: an unquoted word could be a keyword. */
    static Value symbol(List<Optional<Value>> arguments, Frame frame) {
        frame.budget.step();
        var quote = arguments.size() > 1
                ? arguments.get(1).map(Semantics::plainText).orElse("`")
                : "`";
        var value = arguments.getFirst().orElse(Value.Atom.NONE);
        var names = value instanceof Value.Identifiers checked
                ? checked.names()
                : List.of(identifier(Semantics.plainText(value)));
        return new Value.Identifiers(names, quote.equals("\"") ? '"' : '`');
    }

    /** Words joined by dots, or an error: no other text may become an identifier. */
    static String identifier(String text) {
        var name = text.strip();
        var atStartOfPart = true;
        for (var i = 0; i < name.length(); i++) {
            var c = name.charAt(i);
            if (SqlPosition.isWord(c)) {
                atStartOfPart = false;
            } else if (c == '.' && !atStartOfPart) {
                atStartOfPart = true;
            } else {
                throw notAnIdentifier(text);
            }
        }
        if (atStartOfPart || name.length() > MAX_IDENTIFIER) {
            throw notAnIdentifier(text);
        }
        return name;
    }

    private static EvaluationException notAnIdentifier(String text) {
        return new EvaluationException(
                "'" + TemplateException.shortened(text, MAX_SHOWN) + "' is not a valid column or identifier name");
    }

    private static Value orDefault(List<Optional<Value>> arguments, Frame frame) {
        frame.budget.step();
        var value = arguments.getFirst().orElse(Value.Atom.NONE);
        return Semantics.isNull(value) ? arguments.get(1).orElse(new Value.Text(Semantics.NO_VALUE)) : value;
    }

    /** TPL-17. */
    static Value splitToArray(List<Optional<Value>> arguments, Frame frame) {
        var separator = arguments.get(2).map(Semantics::plainText).orElse(",");
        if (separator.isEmpty()) {
            throw new EvaluationException("split_to_array: empty separator");
        }
        var value = arguments.getFirst().orElse(Value.Atom.NONE);
        if (Semantics.isNull(value) || value.equals(new Value.Text(""))) {
            value = arguments.get(1).orElse(new Value.Text(""));
        }
        return Containers.list(parts(value, separator, frame.budget));
    }

    /** The stripped parts of a text, or the texts of a list; none of nothing. */
    private static List<Value> parts(Value value, String separator, Budget budget) {
        if (value instanceof Value.Items items) {
            budget.items(items.items().size());
            var parts = new ArrayList<Value>(items.items().size());
            items.items().forEach(item -> parts.add(Semantics.str(item, budget)));
            return parts;
        }
        var text = Semantics.isNull(value) ? "" : Semantics.plainText(value);
        return text.isEmpty()
                ? List.of()
                : split(text, separator, budget).stream()
                        .map(part -> (Value) new Value.Text(part.strip()))
                        .toList();
    }

    static List<String> split(String text, String separator, Budget budget) {
        budget.search(text.length(), separator.length());
        var parts = new ArrayList<String>();
        var from = 0;
        for (var at = text.indexOf(separator); at >= 0; at = text.indexOf(separator, from)) {
            parts.add(text.substring(from, at));
            from = at + separator.length();
            if (parts.size() % SPLITS_PER_CHECK == 0) {
                budget.items(SPLITS_PER_CHECK);
            }
        }
        parts.add(text.substring(from));
        budget.items(parts.size());
        return parts;
    }

    /** TPL-18. */
    static Value enumerateWithLast(List<Optional<Value>> arguments, Frame frame) {
        var items = Containers.elements(arguments.getFirst().orElse(Value.Atom.NONE), frame.budget);
        frame.budget.items(items.size());
        var pairs = new ArrayList<Value>(items.size());
        for (var i = 0; i < items.size(); i++) {
            pairs.add(Containers.tuple(List.of(Value.Bool.of(i == items.size() - 1), items.get(i))));
        }
        return Containers.list(pairs);
    }

    /** TPL-20. A parameter out of a JSON body may be structured already. */
    static Value json(List<Optional<Value>> arguments, Frame frame) {
        var value = arguments.getFirst().orElse(Value.Atom.NONE);
        if (Semantics.isNull(value)) {
            value = arguments.get(1).orElse(new Value.Text("{}"));
        }
        if (value instanceof Value.Items || value instanceof Value.Dict) {
            return value;
        }
        var parsed = JsonReader.read(Semantics.plainText(value), frame.budget);
        if (parsed == null) {
            throw new EvaluationException("Error validating '"
                    + TemplateException.shortened(Semantics.plainText(value), MAX_SHOWN) + "' to type JSON");
        }
        return parsed;
    }

    /** TPL-21. */
    @SuppressWarnings("DoNotCallSuggester") // Templates call it, by way of Functions.
    static Value error(List<Optional<Value>> arguments, Frame frame) {
        throw TemplateException.error(Semantics.str(arguments.getFirst().orElse(Value.Atom.NONE), frame.budget)
                .text());
    }

    /** TPL-22. */
    @SuppressWarnings("DoNotCallSuggester") // Templates call it, by way of Functions.
    static Value customError(List<Optional<Value>> arguments, Frame frame) {
        var body = arguments.getFirst().orElse(Value.Atom.NONE);
        var status = arguments.get(1).map(Numbers::toInt).orElse(400);
        if (status < 400 || status > 599) {
            throw new EvaluationException("custom_error: the status code must be between 400 and 599");
        }
        var json = JsonWriter.write(body, frame.budget);
        var message = body instanceof Value.Dict dict
                        && dict.entries().get(new Value.Text("error")) instanceof Value.Text text
                ? text.text()
                : json;
        throw TemplateException.customError(status, message, json);
    }

    /** TPL-24. The lowest of several wins. */
    static Value maxThreads(List<Optional<Value>> arguments, Frame frame) {
        var number = arguments.getFirst().orElse(Value.Atom.NONE);
        var cast = SqlType.INT_32.castOrThrow(number);
        var threads = Numbers.toWhole(cast);
        if (threads.signum() <= 0 || threads.compareTo(BigInteger.valueOf(MAX_THREADS)) > 0) {
            throw new EvaluationException("max_threads: the number must be between 1 and " + MAX_THREADS);
        }
        frame.maxThreads = frame.maxThreads == 0 ? threads.intValue() : Math.min(frame.maxThreads, threads.intValue());
        return Value.Atom.SILENT;
    }
}
