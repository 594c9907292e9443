package dev.rookery.limits;

import java.util.Map;
import java.util.OptionalLong;

/**
 * What an organization may do. Immutable.
 *
 * @param plan the plan's key
 * @param values the limits that exist, in the units of {@link Limit#unit()}
 */
public record PlanLimits(String plan, Map<Limit, Long> values) {
    /** Nothing is limited. */
    public static final PlanLimits NONE = new PlanLimits("unlimited", Map.of());

    public PlanLimits {
        values = Map.copyOf(values);
    }

    /** The limit; empty when there is none. */
    public OptionalLong get(Limit limit) {
        Long value = values.get(limit);
        return value == null ? OptionalLong.empty() : OptionalLong.of(value);
    }
}
