package dev.rookery.template;

import java.util.HashMap;
import java.util.Map;

/** Gives every variable of a template its slot. */
final class Names {
    private final Map<String, Integer> slots = new HashMap<>();

    Expression.Name name(String name) {
        return new Expression.Name(name, slots.computeIfAbsent(name, _ -> slots.size()));
    }

    int size() {
        return slots.size();
    }
}
