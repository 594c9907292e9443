package dev.rookery.gateway;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * How queries run.
 *
 * @param queryTimeout how long a query may take before it is answered 408 (GW-12); whole seconds
 * @param maxThreads how many threads of ClickHouse a query may use
 * @param maxUrl how long a URL may be; longer ones are answered 414 and belong into a POST (GW-13)
 * @param clickhouseInterfacePort the port of the ClickHouse interface (CHI-1); 0 for any free one, none when left out
 */
@Validated
@ConfigurationProperties("rookery.gateway")
public record GatewayProperties(
        @DefaultValue("10s") @NotNull Duration queryTimeout,
        @DefaultValue("4") @Min(1) @Max(1024) int maxThreads,
        @DefaultValue("16KB") @NotNull DataSize maxUrl,
        @Nullable @Min(0) @Max(65_535) Integer clickhouseInterfacePort) {
    public GatewayProperties {
        if (queryTimeout.toSeconds() < 1 || queryTimeout.toSeconds() > 600) {
            throw new IllegalArgumentException("rookery.gateway.query-timeout must be between 1s and 600s");
        }
    }
}
