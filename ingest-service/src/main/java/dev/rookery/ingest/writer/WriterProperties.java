package dev.rookery.ingest.writer;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * The writer.
 *
 * @param flushBytes of one partition that are inserted without waiting for the interval
 * @param retryAtMost the longest pause between two attempts of a chunk that may succeed by itself
 * @param retrySlowly the pause between two attempts of a chunk that ClickHouse refuses
 * @param finishWithin how long a writer that gives a partition away waits for its insert under way
 * @param laneAfter how long a data source's inserts may fail before the others of its partition go on without it
 * @param laneIfSlower how long an insert may take before the others of its partition go on without it
 * @param insertsAtOnce into one cluster, from this process; with more to insert, intervals stretch
 * @param insertsPerSecond into one cluster, from all writers together; with more to insert, intervals stretch
 * @param lanesAtOnce how many data sources that are behind are inserted at once, besides; not counted among the inserts per second
 * @param viewErrors in a row after which a materialized view is left out
 * @param viewErrorsOver the least time that these errors are spread over
 */
@Validated
@ConfigurationProperties("rookery.ingest.writer")
record WriterProperties(
        @DefaultValue("10MB") DataSize flushBytes,
        @DefaultValue("5s") Duration retryAtMost,
        @DefaultValue("15s") Duration retrySlowly,
        @DefaultValue("5s") Duration finishWithin,
        @DefaultValue("2s") Duration laneAfter,
        @DefaultValue("10s") Duration laneIfSlower,
        @DefaultValue("8") @Min(1) @Max(1000) int insertsAtOnce,
        @DefaultValue("100") @Min(1) @Max(1_000_000) int insertsPerSecond,
        @DefaultValue("4") @Min(1) @Max(100) int lanesAtOnce,
        @DefaultValue("5") @Min(1) @Max(1000) int viewErrors,
        @DefaultValue("60s") Duration viewErrorsOver) {}
