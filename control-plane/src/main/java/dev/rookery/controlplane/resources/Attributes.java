package dev.rookery.controlplane.resources;

import dev.rookery.access.web.ClientParameters;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which attributes of an answer a client wants: {@code attrs=id,name}. None, or an empty list, means all of them
 * (client-contract.md 1, rule 3); names that nobody knows are ignored.
 */
record Attributes(Set<String> names) {
    Attributes {
        names = Set.copyOf(names);
    }

    static Attributes of(ClientParameters parameters, String parameter) {
        var names = new LinkedHashSet<String>();
        for (String list : parameters.all(parameter)) {
            Arrays.stream(list.split(",", -1)).map(String::strip).forEach(names::add);
        }
        names.remove("");
        return new Attributes(names);
    }

    boolean all() {
        return names.isEmpty();
    }

    boolean wants(String name) {
        return all() || names.contains(name);
    }

    /** What is wanted of an object. */
    Map<String, @Nullable Object> of(Map<String, @Nullable Object> object) {
        if (all()) {
            return object;
        }
        Map<String, @Nullable Object> wanted = new LinkedHashMap<>(object);
        wanted.keySet().retainAll(names);
        return wanted;
    }

    /** The same with more names, where there is a choice at all. */
    Attributes with(String... more) {
        if (all()) {
            return this;
        }
        var names = new LinkedHashSet<>(this.names);
        names.addAll(Arrays.asList(more));
        return new Attributes(names);
    }
}
