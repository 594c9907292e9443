package dev.rookery.engines;

import java.time.Duration;

/** Is told how the start of the engines gets on. Called from several threads. */
@FunctionalInterface
public interface EngineProgress {
    /** Where an engine is in its life. */
    enum State {
        /** It is being started. */
        STARTING,
        /** It serves. */
        READY,
        /** It could not be started. */
        FAILED,
        /** It ended without having been asked to, and is being started again. */
        CRASHED,
        /** It was stopped. */
        STOPPED
    }

    /**
     * An engine has changed its state.
     *
     * @param engine which one
     * @param state the new state
     * @param after the time since its start or stop began
     */
    void report(EngineKind engine, State state, Duration after);
}
