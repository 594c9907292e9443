package dev.rookery.limits;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Whether and how the limits of plans hold.
 *
 * @param enforced whether organizations are held to the limits of their plans; false where one owner has it all
 * @param connectionsPerAddress how many requests one IP address may have under way in one instance (LIM-27); 0 for any
 *     number. Behind a proxy, set {@code server.forward-headers-strategy}, or all clients are one address.
 */
@Validated
@ConfigurationProperties("rookery.limits")
public record LimitsProperties(
        @DefaultValue("true") boolean enforced,
        @DefaultValue("250") @Min(0) @Max(1_000_000) int connectionsPerAddress) {}
