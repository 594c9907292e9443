package dev.rookery.standalone.demo;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;

/**
 * How far a load is: on a terminal one line that is written over, elsewhere a line every few seconds. For one thread.
 */
final class ProgressBar {
    private static final int WIDTH = 30;
    private static final Duration BETWEEN_LINES = Duration.ofSeconds(5);

    private final PrintStream out;
    private final boolean terminal;
    private final InstantSource clock;
    private final long total;
    private final Instant start;
    private Instant lastLine;

    /** @param total the number of steps, at least 1; the clock starts now */
    ProgressBar(PrintStream out, boolean terminal, InstantSource clock, long total) {
        this.out = out;
        this.terminal = terminal;
        this.clock = clock;
        this.total = total;
        this.start = clock.instant();
        this.lastLine = start;
    }

    /** Shows that so many steps are done and so many rows are sent. */
    void update(long done, long rows) {
        if (terminal) {
            out.print('\r' + line(done, rows));
            out.flush();
            return;
        }
        var now = clock.instant();
        if (Duration.between(lastLine, now).compareTo(BETWEEN_LINES) >= 0) {
            lastLine = now;
            out.println(line(done, rows));
        }
    }

    /** Shows the last state and ends the line. */
    void finish(long done, long rows) {
        out.println((terminal ? "\r" : "") + line(done, rows));
    }

    private String line(long done, long rows) {
        var share = (double) Math.min(done, total) / total;
        var full = (int) (share * WIDTH);
        var bar = "#".repeat(full) + ".".repeat(WIDTH - full);
        var seconds = Math.max(0.001, Duration.between(start, clock.instant()).toNanos() / 1e9);
        return String.format(
                Locale.ROOT, "  [%s] %3.0f%%  %,d rows  %,.0f rows/s", bar, share * 100, rows, rows / seconds);
    }
}
