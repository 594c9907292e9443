package dev.rookery.ingest.files;

import dev.rookery.access.TokenSecurity;
import dev.rookery.catalog.deployments.ResourceStore;
import dev.rookery.catalog.deployments.ScratchStore;
import dev.rookery.catalog.jobs.JobProperties;
import dev.rookery.catalog.jobs.JobQueue;
import dev.rookery.catalog.jobs.JobRunner;
import dev.rookery.catalog.jobs.JobStore;
import dev.rookery.catalog.keys.KeyPurpose;
import dev.rookery.catalog.keys.KeyRing;
import dev.rookery.catalog.keys.Sealer;
import dev.rookery.catalog.snapshot.WorkspaceSnapshots;
import dev.rookery.clickhouse.ClusterConnections;
import dev.rookery.ingest.events.BlockIntake;
import dev.rookery.limits.OrganizationLimits;
import dev.rookery.limits.rates.RateLimiter;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Files, as a part of the HTTP role: uploads, and the jobs that fetch URLs. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "rookery.ingest.http.enabled", matchIfMissing = true)
@EnableConfigurationProperties({FilesProperties.class, JobProperties.class})
public class FilesConfiguration {
    private static final int MAX_FIELD = 16 << 20;

    @Bean
    @Order(201)
    SecurityFilterChain filesSecurity(HttpSecurity http, TokenSecurity security) throws Exception {
        return security.withToken(
                http,
                new OrRequestMatcher(
                        PathPatternRequestMatcher.withDefaults().matcher(HttpMethod.POST, "/v0/datasources"),
                        PathPatternRequestMatcher.withDefaults().matcher("/v0/analyze")));
    }

    @Bean
    FileLimits fileLimits(OrganizationLimits limits, RateLimiter rates, FilesProperties settings) {
        return new FileLimits(limits, rates, settings);
    }

    @Bean
    ParquetReader parquetReader(ClusterConnections clickHouse, FilesProperties settings) {
        return new ParquetReader(clickHouse, settings.maxRowGroup().toBytes());
    }

    @Bean
    RowFiles rowFiles(ParquetReader parquet) {
        return new RowFiles(parquet, MAX_FIELD);
    }

    @Bean(destroyMethod = "close")
    GuardedClient guardedClient(FilesProperties settings) {
        return new GuardedClient(
                new AddressRules(settings.allowedAddresses()),
                InetAddress::getAllByName,
                settings.urlTimeout(),
                settings.urlSilence());
    }

    @Bean
    ScratchTables scratchTables(
            ResourceStore resources,
            JdbcClient jdbc,
            PlatformTransactionManager transactions,
            ClusterConnections clickHouse,
            BlockIntake intake,
            FilesProperties settings) {
        return new ScratchTables(
                resources, new ScratchStore(jdbc), new TransactionTemplate(transactions), clickHouse, intake, settings);
    }

    @Bean
    SealedUrls sealedUrls(KeyRing keys, SecureRandom random) {
        return new SealedUrls(new Sealer(keys, KeyPurpose.SECRET_SEAL, random));
    }

    @Bean
    AnalyzeController analyzeController(
            WorkspaceSnapshots workspaces, FileLimits limits, GuardedClient client, ParquetReader parquet) {
        return new AnalyzeController(workspaces, limits, client, new Analyzer(parquet));
    }

    @Bean
    DatasourcesController datasourcesController(
            WorkspaceSnapshots workspaces,
            BlockIntake intake,
            FileLimits limits,
            RowFiles files,
            JobStore jobs,
            DataSource dataSource,
            PlatformTransactionManager transactions,
            GuardedClient client,
            SealedUrls urls,
            ScratchTables scratches,
            InstantSource clock,
            FilesProperties settings) {
        var imports = new Imports(
                new JobQueue(jobs, dataSource, clock),
                new TransactionTemplate(transactions),
                client,
                urls,
                scratches,
                clock);
        return new DatasourcesController(workspaces, intake, limits, files, new Uploads(intake, settings), imports);
    }

    /** Runs this service's own jobs; its handlers are no beans, so that no other service's runner takes them. */
    @Bean
    JobRunner importRunner(
            WorkspaceSnapshots workspaces,
            JobStore jobs,
            DataSource dataSource,
            PlatformTransactionManager transactions,
            GuardedClient client,
            SealedUrls urls,
            RowFiles files,
            FileLimits limits,
            BlockIntake intake,
            ScratchTables scratches,
            InstantSource clock,
            FilesProperties settings,
            JobProperties jobSettings) {
        var transaction = new TransactionTemplate(transactions);
        var handler = new ImportJob(
                workspaces,
                jobs,
                new JobQueue(jobs, dataSource, clock),
                transaction,
                client,
                urls,
                files,
                limits,
                intake,
                scratches,
                clock,
                settings);
        return new JobRunner(jobs, transaction, dataSource, jobSettings, List.of(handler));
    }
}
