package dev.rookery.access;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How tokens are judged.
 *
 * @param jwtClockSkew by how much the clocks of those who sign JWTs may differ from ours; at most 5 minutes
 */
@Validated
@ConfigurationProperties("rookery.access")
public record AccessProperties(@DefaultValue("5s") @NotNull Duration jwtClockSkew) {
    public AccessProperties {
        if (jwtClockSkew.isNegative() || jwtClockSkew.compareTo(Duration.ofMinutes(5)) > 0) {
            throw new IllegalArgumentException("rookery.access.jwt-clock-skew must be between 0s and 5m");
        }
    }
}
