package dev.rookery.template;

import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The variables and side results of one rendering; never shared. */
final class Frame {
    final RenderRequest request;
    final Budget budget;
    /** The required parameters met so far that were not sent. */
    final Set<String> missing = new LinkedHashSet<>();
    /** Whether a secret was read, after which no message may show a value. */
    boolean secretsRead;
    /** The lowest limit asked for with {@code max_threads}, or 0. */
    int maxThreads;

    private final @Nullable Value[] slots;

    Frame(RenderRequest request, Budget budget, int slots) {
        this.request = request;
        this.budget = budget;
        this.slots = new @Nullable Value[slots];
    }

    /** A variable that was set, or else the request's parameter of that name. */
    Value get(Expression.Name name) {
        var value = slots[name.slot()];
        if (value == null) {
            var sent = request.parameters().get(name.name());
            value = sent == null || sent.value() == Value.Atom.NONE ? new Value.Undefined(name.name()) : sent.value();
            slots[name.slot()] = value;
        }
        return value;
    }

    void set(Expression.Name name, Value value) {
        slots[name.slot()] = value;
    }
}
