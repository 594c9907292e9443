package dev.rookery.template;

import java.time.Duration;

/**
 * What rendering one template may use. Exceeding any of them ends rendering with {@link TemplateException.Kind#LIMIT}.
 *
 * @param maxSteps units of work: an expression node, a loop round, a few list elements or 32 characters copied; at least 1
 * @param maxOutput length of the rendered SQL in UTF-16 units; at least 1
 * @param maxText length of any string value in UTF-16 units; at least 1
 * @param maxItems elements of any list or dictionary; at least 1
 * @param maxTime wall clock time, looked at every 32,768 steps; positive
 */
public record RenderLimits(int maxSteps, int maxOutput, int maxText, int maxItems, Duration maxTime) {

    /**
     * Room for any real pipe. The steps end a hostile one within 50 ms of processor time; the clock is the net below
     * them, wide enough that a paused or crowded machine fails no honest request.
     */
    public static final RenderLimits DEFAULT =
            new RenderLimits(300_000, 4 << 20, 1 << 20, 100_000, Duration.ofSeconds(1));

    /** Checks the ranges. */
    public RenderLimits {
        if (maxSteps < 1 || maxOutput < 1 || maxText < 1 || maxItems < 1 || !maxTime.isPositive()) {
            throw new IllegalArgumentException("Every limit must be positive");
        }
    }
}
