package dev.rookery.controlplane.jobs;

import dev.rookery.catalog.jobs.JobHandler;
import dev.rookery.catalog.jobs.JobProperties;
import dev.rookery.catalog.jobs.JobQueue;
import dev.rookery.catalog.jobs.JobRunner;
import dev.rookery.catalog.jobs.JobStore;
import java.time.InstantSource;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The jobs API, and the running of the control-plane's own jobs. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(JobProperties.class)
@Import(JobController.class)
public class JobsConfiguration {
    @Bean
    JobQueue jobQueue(JobStore jobs, DataSource dataSource, InstantSource clock) {
        return new JobQueue(jobs, dataSource, clock);
    }

    @Bean
    JobRunner jobRunner(
            JobStore jobs,
            PlatformTransactionManager transactions,
            DataSource dataSource,
            JobProperties settings,
            List<JobHandler> handlers) {
        return new JobRunner(jobs, new TransactionTemplate(transactions), dataSource, settings, handlers);
    }
}
