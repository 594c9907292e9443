package dev.rookery.gateway.query;

import dev.rookery.template.ParameterValue;
import java.util.HashMap;
import java.util.Map;

/**
 * What templates read in one part of a statement. A pipe for which the caller's JWT fixes parameters has bindings of its
 * own, and so have the pipes that it reads. Compared by identity: a node is rendered once for each.
 */
final class Bindings {
    private final Map<String, ParameterValue> values;
    private final Map<String, Bindings> within = new HashMap<>();

    Bindings(Map<String, ParameterValue> values) {
        this.values = values;
    }

    Map<String, ParameterValue> values() {
        return values;
    }

    /** The same with the pipe's fixed values on top; this one when it has none. Not thread safe. */
    Bindings within(String pipe, Map<String, ParameterValue> fixed) {
        if (fixed.isEmpty() || values.entrySet().containsAll(fixed.entrySet())) {
            return this;
        }
        return within.computeIfAbsent(pipe, _ -> {
            Map<String, ParameterValue> all = new HashMap<>(values);
            all.putAll(fixed);
            return new Bindings(all);
        });
    }
}
