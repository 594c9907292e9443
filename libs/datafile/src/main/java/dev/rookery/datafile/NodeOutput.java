package dev.rookery.datafile;

import org.jspecify.annotations.Nullable;

/** What becomes of a node's result. {@code at} is the place of {@code TYPE} and no part of equality. */
public sealed interface NodeOutput {

    /** The pipe type this output makes. */
    PipeType type();

    /** Other nodes read it. */
    record None() implements NodeOutput {
        @Override
        public PipeType type() {
            return PipeType.GENERIC;
        }
    }

    /**
     * {@code TYPE ENDPOINT}.
     *
     * @param cacheSeconds how long an answer may be kept, at least 0; from {@code CACHE}, which the TypeScript SDK writes
     */
    record Endpoint(@Nullable Located<Integer> cacheSeconds, Position at) implements NodeOutput {
        @Override
        public PipeType type() {
            return PipeType.ENDPOINT;
        }
    }

    /**
     * {@code TYPE MATERIALIZED} (MV-1).
     *
     * @param datasource the target
     * @param deploymentMethod present for {@code alter} (MV-10)
     */
    record Materialized(
            Located<String> datasource, @Nullable Located<DeploymentMethod> deploymentMethod, Position at)
            implements NodeOutput {
        @Override
        public PipeType type() {
            return PipeType.MATERIALIZED;
        }
    }

    /**
     * {@code TYPE COPY} (CP-1).
     *
     * @param target the target data source
     * @param schedule a cron expression in UTC or {@code @on-demand}; null means on demand
     * @param mode null means append
     */
    record Copy(
            Located<String> target,
            @Nullable Located<String> schedule,
            @Nullable Located<CopyMode> mode,
            Position at) implements NodeOutput {
        @Override
        public PipeType type() {
            return PipeType.COPY;
        }
    }

    /** The values of {@code COPY_MODE}. */
    enum CopyMode {
        APPEND,
        REPLACE
    }

    /**
     * {@code TYPE SINK} (SNK-2).
     *
     * @param connection the {@code .connection} file's name
     * @param schedule a cron expression in UTC or {@code @on-demand}; null means on demand
     * @param target where the rows go
     * @param service the older {@code EXPORT_SERVICE}, which the connection's type has replaced
     */
    record Sink(
            Located<String> connection,
            @Nullable Located<String> schedule,
            SinkTarget target,
            @Nullable Located<String> service,
            Position at)
            implements NodeOutput {
        @Override
        public PipeType type() {
            return PipeType.SINK;
        }
    }
}
