package dev.rookery.standalone;

import dev.rookery.engines.EngineKind;
import dev.rookery.engines.EngineProgress;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/** What the person who started the platform sees. Thread safe. */
final class Console implements EngineProgress {
    private final PrintStream out;

    Console(PrintStream out) {
        this.out = out;
    }

    @Override
    public void report(EngineKind engine, State state, Duration after) {
        switch (state) {
            case STARTING, STOPPED -> {}
            case READY -> step(engine.title(), after);
            case FAILED -> out.println("  %-18s failed".formatted(engine.title()));
            case CRASHED -> out.println("  %-18s ended unexpectedly and is started again".formatted(engine.title()));
        }
    }

    /** A part that is ready, and how long it took. */
    void step(String what, Duration took) {
        out.println(String.format(Locale.ROOT, "  %-18s %6.1f s", what, seconds(took)));
    }

    /** One line of text. */
    void line(String text) {
        out.println(text);
    }

    static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
