package dev.rookery.datafile;

import org.jspecify.annotations.Nullable;

/**
 * A data skipping index: {@code INDEX name expression TYPE type GRANULARITY n}.
 *
 * @param name without backticks
 * @param expression what is indexed
 * @param type such as {@code bloom_filter(0.01)}
 * @param granularity in granules, at least 1; null for ClickHouse's default
 * @param at where the definition starts; no part of equality
 */
public record IndexSpec(
        String name,
        String expression,
        String type,
        @Nullable Integer granularity,
        Position at) {}
