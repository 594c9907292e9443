package dev.rookery.ingest.events;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * The Events API.
 *
 * @param maxBody of a request, decompressed (EV-17)
 * @param maxRow of one row as JSON; a longer one is quarantined without its values
 * @param holdBack how much of a request's encoded rows is kept until its whole body has been read
 * @param waitTimeout how long {@code wait=true} waits for ClickHouse before it answers 202
 * @param safeAge how old the oldest row of a data source that is behind may get before it answers 429
 * @param safeBacklog how much may wait for a data source that is behind before it answers 429
 * @param partitionRate bytes a second that a data source may send before its requests go to more than one partition
 * @param requestsPerSecond allowed per data source and instance (EV-16)
 */
@Validated
@ConfigurationProperties("rookery.ingest.events")
record EventsProperties(
        @DefaultValue("100MB") DataSize maxBody,
        @DefaultValue("10MB") DataSize maxRow,
        @DefaultValue("4MB") DataSize holdBack,
        @DefaultValue("10s") Duration waitTimeout,
        @DefaultValue("15m") Duration safeAge,
        @DefaultValue("1GB") DataSize safeBacklog,
        @DefaultValue("8MB") DataSize partitionRate,
        @DefaultValue("100") @Min(1) @Max(1_000_000) int requestsPerSecond) {}
