package dev.rookery.ingest.writer;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The writer.
 *
 * @param flushBytes of one partition that are inserted without waiting for the interval
 * @param retryAtMost the longest pause between two attempts of a chunk that may succeed by itself
 * @param retrySlowly the pause between two attempts of a chunk that ClickHouse refuses
 * @param finishWithin how long a writer that gives a partition away waits for its insert under way
 */
@ConfigurationProperties("rookery.ingest.writer")
record WriterProperties(
        @DefaultValue("10MB") DataSize flushBytes,
        @DefaultValue("5s") Duration retryAtMost,
        @DefaultValue("15s") Duration retrySlowly,
        @DefaultValue("5s") Duration finishWithin) {}
