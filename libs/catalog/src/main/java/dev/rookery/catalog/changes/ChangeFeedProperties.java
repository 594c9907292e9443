package dev.rookery.catalog.changes;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How services follow the catalog.
 *
 * @param pollEvery how often changes are read; shorter means that deployments and token changes answer sooner
 * @param lease how long others wait for an instance that does not report
 * @param staleAfter how long an instance may answer from memory without a successful poll before it answers 503
 */
@ConfigurationProperties("rookery.catalog.changes")
public record ChangeFeedProperties(
        @DefaultValue("300ms") Duration pollEvery,
        @DefaultValue("10s") Duration lease,
        @DefaultValue("60s") Duration staleAfter) {
    /** @throws IllegalArgumentException when polls are so rare that every instance would always look late */
    public ChangeFeedProperties {
        if (pollEvery.compareTo(ChangeLog.PATIENCE.dividedBy(2)) > 0) {
            throw new IllegalArgumentException("rookery.catalog.changes.poll-every must be at most "
                    + ChangeLog.PATIENCE.dividedBy(2).toMillis() + " ms");
        }
    }
}
