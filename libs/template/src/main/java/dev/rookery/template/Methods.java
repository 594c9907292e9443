package dev.rookery.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The methods of strings, lists and dictionaries. */
final class Methods {
    private static final Set<String> OF_COLLECTIONS = Set.of("get", "items", "keys", "values", "index", "count");

    private final MethodArguments call;
    private final List<Value> arguments;
    private final Budget budget;

    private Methods(MethodArguments call) {
        this.call = call;
        this.arguments = call.values();
        this.budget = call.budget();
    }

    static boolean exists(String name) {
        return TextMethods.exists(name) || OF_COLLECTIONS.contains(name);
    }

    static Value call(Value receiver, MethodArguments call) {
        call.budget().step();
        return switch (receiver) {
            case Value.Text text -> TextMethods.call(text.text(), call);
            case Value.Items items -> new Methods(call).items(items.items());
            case Value.Dict dict -> new Methods(call).dict(dict);
            case Value.Undefined undefined -> ofUndefined(undefined, call);
            default -> throw call.unknown(receiver);
        };
    }

    /** A missing parameter is the placeholder of whatever has the method. */
    private static Value ofUndefined(Value.Undefined undefined, MethodArguments call) {
        if (call.name().equals("get")) {
            return call.values().size() > 1 ? call.values().get(1) : undefined;
        }
        return TextMethods.exists(call.name())
                ? TextMethods.call(Semantics.NO_VALUE, call)
                : new Methods(call).dict(Containers.dict(Map.of()));
    }

    private Value items(List<Value> items) {
        call.expect(1, 1);
        return switch (call.name()) {
            case "index" -> indexIn(items);
            case "count" -> {
                var count = 0;
                for (var item : items) {
                    count += Semantics.equal(item, arguments.getFirst(), budget) ? 1 : 0;
                }
                yield Value.Int.of(count);
            }
            default -> throw call.unknown(Containers.list(List.of()));
        };
    }

    private Value indexIn(List<Value> items) {
        for (var i = 0; i < items.size(); i++) {
            if (Semantics.equal(items.get(i), arguments.getFirst(), budget)) {
                return Value.Int.of(i);
            }
        }
        throw new EvaluationException("the value is not in the list");
    }

    private Value dict(Value.Dict dict) {
        var entries = dict.entries();
        return switch (call.name()) {
            case "get" -> {
                call.expect(1, 2);
                var found = entries.get(Containers.key(arguments.getFirst()));
                yield found != null ? found : arguments.size() > 1 ? arguments.get(1) : Value.Atom.NONE;
            }
            case "keys" -> elements(List.copyOf(entries.keySet()));
            case "values" -> elements(List.copyOf(entries.values()));
            case "items" -> {
                var pairs = new ArrayList<Value>(entries.size());
                entries.forEach((key, value) -> pairs.add(Containers.tuple(List.of(key, value))));
                yield elements(pairs);
            }
            default -> throw call.unknown(dict);
        };
    }

    private Value elements(List<Value> elements) {
        call.expect(0, 0);
        budget.items(elements.size());
        return Containers.list(elements);
    }
}
