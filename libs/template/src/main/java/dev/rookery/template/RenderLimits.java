package dev.rookery.template;

import java.time.Duration;

/**
 * What rendering one template may use. Exceeding any of them ends rendering with {@link TemplateException.Kind#LIMIT}.
 *
 * @param maxSteps units of work: an expression node, a loop round, or 32 characters copied; at least 1
 * @param maxOutput length of the rendered SQL in UTF-16 units; at least 1
 * @param maxText length of any string value in UTF-16 units; at least 1
 * @param maxItems elements of any list or dictionary; at least 1
 * @param maxTime wall clock time, looked at every few thousand steps; positive
 */
public record RenderLimits(int maxSteps, int maxOutput, int maxText, int maxItems, Duration maxTime) {

    /** Room for any real pipe, and still an end within 50 ms for a hostile one. */
    public static final RenderLimits DEFAULT =
            new RenderLimits(500_000, 4 << 20, 1 << 20, 100_000, Duration.ofMillis(50));

    /** Checks the ranges. */
    public RenderLimits {
        if (maxSteps < 1 || maxOutput < 1 || maxText < 1 || maxItems < 1 || !maxTime.isPositive()) {
            throw new IllegalArgumentException("Every limit must be positive");
        }
    }
}
