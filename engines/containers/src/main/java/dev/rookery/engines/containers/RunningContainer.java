package dev.rookery.engines.containers;

import dev.rookery.engines.EngineException;
import dev.rookery.engines.EngineKind;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.testcontainers.containers.GenericContainer;

/**
 * A container that is started by whoever asks for it first; the others wait. Testcontainers removes it when the JVM
 * ends.
 *
 * @param <C> what is known about it once it runs
 */
final class RunningContainer<C> {
    private final Supplier<C> start;
    private @Nullable C connection;

    private RunningContainer(Supplier<C> start) {
        this.start = start;
    }

    /**
     * @param create makes the container
     * @param connect says how to reach it, once it runs
     */
    static <T extends GenericContainer<T>, C> RunningContainer<C> of(
            EngineKind kind, Supplier<T> create, Function<T, C> connect) {
        return new RunningContainer<>(() -> {
            T container = create.get();
            try {
                container.start();
            } catch (RuntimeException e) {
                throw new EngineException(
                        "%s does not start in a container of %s: %s. Other images: -Drookery.containers.%s.image=…"
                                .formatted(kind.title(), container.getDockerImageName(), e.getMessage(), kind.key()),
                        e);
            }
            return connect.apply(container);
        });
    }

    synchronized C get() {
        C known = connection;
        if (known == null) {
            known = start.get();
            connection = known;
        }
        return known;
    }
}
