package dev.rookery.engines.testing;

import dev.rookery.engines.Engine;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** An engine that is started by whoever asks for it first; the others wait. */
final class StartedOnce<T extends Engine> {
    private final Supplier<T> factory;
    private @Nullable T engine;

    StartedOnce(Supplier<T> factory) {
        this.factory = factory;
    }

    synchronized T get() {
        T known = engine;
        if (known == null) {
            known = EngineFactory.started(factory.get());
            engine = known;
        }
        return known;
    }
}
