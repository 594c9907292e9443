package dev.rookery.catalog.jobs;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How jobs are run.
 *
 * @param concurrency how many jobs one process runs at once
 * @param pollEvery how often a process looks for jobs
 * @param heartbeatEvery how often a process says that it is still at a job; after four times that in silence another one
 *     takes the job over
 */
@ConfigurationProperties("rookery.jobs")
public record JobProperties(
        @DefaultValue("8") int concurrency,
        @DefaultValue("500ms") Duration pollEvery,
        @DefaultValue("5s") Duration heartbeatEvery) {
    public JobProperties {
        if (concurrency < 1 || concurrency > 1000) {
            throw new IllegalArgumentException("rookery.jobs.concurrency is 1 to 1000");
        }
    }
}
