package dev.rookery.engines;

import dev.rookery.engines.EngineProgress.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** Starts and stops engines side by side, and starts those again that crash. */
final class EngineGroup {
    private final Map<EngineKind, Engine> engines;
    private final EngineProgress progress;
    private final Map<EngineKind, RestartLimit> restarts = new EnumMap<>(EngineKind.class);
    private volatile boolean stopping;

    EngineGroup(Map<EngineKind, Engine> engines, EngineProgress progress) {
        this.engines = engines;
        this.progress = progress;
        for (EngineKind kind : EngineKind.values()) {
            restarts.put(kind, new RestartLimit(System::nanoTime));
        }
    }

    void start() {
        try {
            each(this::start);
        } catch (RuntimeException e) {
            stop();
            throw e;
        }
        engines.values().forEach(engine -> engine.onCrash(this::startAgain));
    }

    void stop() {
        stopping = true;
        each(engine -> {
            long began = System.nanoTime();
            engine.stop();
            progress.report(engine.kind(), State.STOPPED, since(began));
        });
    }

    private void start(Engine engine) {
        long began = System.nanoTime();
        progress.report(engine.kind(), State.STARTING, Duration.ZERO);
        try {
            engine.start();
        } catch (RuntimeException e) {
            progress.report(engine.kind(), State.FAILED, since(began));
            throw e;
        }
        progress.report(engine.kind(), State.READY, engine.readyAfter());
    }

    private void startAgain(Engine engine) {
        progress.report(engine.kind(), State.CRASHED, Duration.ZERO);
        if (stopping || engine.isRunning()) {
            return;
        }
        if (!Objects.requireNonNull(restarts.get(engine.kind())).isAllowed()) {
            // An engine that cannot live on its data would otherwise be started for ever.
            progress.report(engine.kind(), State.FAILED, Duration.ZERO);
            return;
        }
        start(engine);
    }

    private void each(Consumer<Engine> action) {
        List<Future<?>> tasks = new ArrayList<>();
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            engines.values().forEach(engine -> tasks.add(executor.submit(() -> action.accept(engine))));
        }
        for (Future<?> task : tasks) {
            try {
                task.get();
            } catch (ExecutionException e) {
                throw e.getCause() instanceof EngineException known
                        ? known
                        : new EngineException("An engine failed: " + e.getCause(), e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new EngineException("Interrupted while waiting for the engines", e);
            }
        }
    }

    private static Duration since(long began) {
        return Duration.ofNanos(System.nanoTime() - began);
    }
}
