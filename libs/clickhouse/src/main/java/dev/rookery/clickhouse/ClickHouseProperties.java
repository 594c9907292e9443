package dev.rookery.clickhouse;

import jakarta.validation.constraints.Positive;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How services talk to ClickHouse.
 *
 * @param maxConnections per replica and service instance
 * @param allowUnsafeVersion start even on a ClickHouse version with known holes between tenants; only for machines that
 *     serve nobody else
 * @param timeout how long ClickHouse may stay silent before a call counts as failed; above the longest query time
 */
@Validated
@ConfigurationProperties("rookery.clickhouse")
public record ClickHouseProperties(
        @DefaultValue("64") @Positive int maxConnections,
        @DefaultValue("120s") Duration timeout,
        @DefaultValue("false") boolean allowUnsafeVersion) {}
