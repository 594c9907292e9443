package dev.rookery.controlplane.branches;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long branches live.
 *
 * @param unusedFor a branch to which nothing was deployed or built for so long is deleted with its rows; at least a day
 */
@ConfigurationProperties("rookery.branches")
public record BranchProperties(@DefaultValue("30d") Duration unusedFor) {
    public BranchProperties {
        if (unusedFor.compareTo(Duration.ofDays(1)) < 0) {
            throw new IllegalArgumentException("rookery.branches.unused-for is at least 1d");
        }
    }
}
