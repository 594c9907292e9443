package dev.rookery.catalog;

import dev.rookery.catalog.changes.ChangeFeed;
import dev.rookery.catalog.changes.ChangeFeedProperties;
import dev.rookery.catalog.changes.ChangeLog;
import dev.rookery.catalog.clusters.ClusterStore;
import dev.rookery.catalog.deployments.DeploymentStore;
import dev.rookery.catalog.deployments.ResourceStore;
import dev.rookery.catalog.ingestion.BarrierDesk;
import dev.rookery.catalog.ingestion.Barriers;
import dev.rookery.catalog.ingestion.DirectWrites;
import dev.rookery.catalog.ingestion.FlushClasses;
import dev.rookery.catalog.ingestion.IngestionStates;
import dev.rookery.catalog.ingestion.KeyedRequests;
import dev.rookery.catalog.ingestion.LaneStore;
import dev.rookery.catalog.ingestion.WritePlans;
import dev.rookery.catalog.jobs.JobStore;
import dev.rookery.catalog.keys.KeyProperties;
import dev.rookery.catalog.keys.KeyPurpose;
import dev.rookery.catalog.keys.KeyRing;
import dev.rookery.catalog.keys.Sealer;
import dev.rookery.catalog.operations.OperationStore;
import dev.rookery.catalog.secrets.SecretStore;
import dev.rookery.catalog.shares.ShareStore;
import dev.rookery.catalog.snapshot.SnapshotLoader;
import dev.rookery.catalog.snapshot.WorkspaceSnapshots;
import dev.rookery.catalog.tokens.TokenCache;
import dev.rookery.catalog.tokens.TokenStore;
import dev.rookery.catalog.tokens.TokenText;
import java.security.SecureRandom;
import java.time.InstantSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The catalog as every service uses it: stores, snapshots, token cache and change feed over the service's DataSource.
 * The JPA part is {@link CatalogJpaConfiguration}, which only the control-plane needs.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({KeyProperties.class, ChangeFeedProperties.class, CatalogProperties.class})
public class CatalogConfiguration {
    @Bean
    InstantSource clock() {
        return InstantSource.system();
    }

    @Bean
    SecureRandom secureRandom() {
        return new SecureRandom();
    }

    @Bean
    KeyRing keyRing(KeyProperties properties) {
        return properties.toKeyRing();
    }

    @Bean
    SchemaVersionCheck schemaVersionCheck(JdbcClient jdbc) {
        return new SchemaVersionCheck(jdbc);
    }

    @Bean
    ChangeLog changeLog(JdbcClient jdbc, PlatformTransactionManager transactions) {
        return new ChangeLog(jdbc, new TransactionTemplate(transactions));
    }

    @Bean
    ChangeFeed changeFeed(
            JdbcClient jdbc,
            InstantSource clock,
            ChangeFeedProperties settings,
            Environment environment,
            SchemaVersionCheck checked) {
        String service = environment.getProperty("spring.application.name", "rookery");
        return new ChangeFeed(jdbc, clock, settings, service);
    }

    @Bean
    TokenText tokenText(KeyRing keys, SecureRandom random) {
        return new TokenText(keys, random);
    }

    @Bean
    TokenStore tokenStore(
            JdbcClient jdbc,
            KeyRing keys,
            SecureRandom random,
            TokenText texts,
            ChangeLog changes,
            CatalogProperties settings) {
        return new TokenStore(
                jdbc, keys, new Sealer(keys, KeyPurpose.TOKEN_SEAL, random), texts, changes, settings.region());
    }

    @Bean
    TokenCache tokenCache(TokenStore store, TokenText texts, ChangeFeed feed) {
        return new TokenCache(store, texts, feed);
    }

    @Bean
    ClusterStore clusterStore(JdbcClient jdbc, KeyRing keys, SecureRandom random, ChangeLog changes) {
        return new ClusterStore(jdbc, new Sealer(keys, KeyPurpose.CREDENTIAL_SEAL, random), changes);
    }

    @Bean
    SecretStore secretStore(JdbcClient jdbc, KeyRing keys, SecureRandom random, ChangeLog changes) {
        return new SecretStore(jdbc, new Sealer(keys, KeyPurpose.SECRET_SEAL, random), changes);
    }

    @Bean
    ShareStore shareStore(JdbcClient jdbc, ChangeLog changes) {
        return new ShareStore(jdbc, changes);
    }

    @Bean
    DeploymentStore deploymentStore(JdbcClient jdbc, ChangeLog changes) {
        return new DeploymentStore(jdbc, changes);
    }

    @Bean
    ResourceStore resourceStore(JdbcClient jdbc, ChangeLog changes) {
        return new ResourceStore(jdbc, changes);
    }

    @Bean
    OperationStore operationStore(JdbcClient jdbc) {
        return new OperationStore(jdbc);
    }

    @Bean
    JobStore jobStore(JdbcClient jdbc) {
        return new JobStore(jdbc);
    }

    @Bean
    SnapshotLoader snapshotLoader(JdbcClient jdbc, SecretStore secrets, PlatformTransactionManager transactions) {
        return new SnapshotLoader(jdbc, secrets, transactions);
    }

    @Bean
    WorkspaceSnapshots workspaceSnapshots(SnapshotLoader loader, ChangeFeed feed) {
        return new WorkspaceSnapshots(loader, feed);
    }

    @Bean
    LaneStore laneStore(JdbcClient jdbc, PlatformTransactionManager transactions) {
        return new LaneStore(jdbc, new TransactionTemplate(transactions));
    }

    @Bean
    WritePlans writePlans(JdbcClient jdbc) {
        return new WritePlans(jdbc);
    }

    @Bean
    BarrierDesk barrierDesk(
            JdbcClient jdbc, LaneStore lanes, WritePlans plans, PlatformTransactionManager transactions) {
        return new BarrierDesk(jdbc, lanes, plans, new TransactionTemplate(transactions));
    }

    @Bean
    Barriers barriers(JdbcClient jdbc, LaneStore lanes, WritePlans plans, PlatformTransactionManager transactions) {
        return new Barriers(jdbc, lanes, plans, new TransactionTemplate(transactions));
    }

    @Bean
    DirectWrites directWrites(JdbcClient jdbc, LaneStore lanes, PlatformTransactionManager transactions) {
        return new DirectWrites(jdbc, lanes, new TransactionTemplate(transactions));
    }

    @Bean
    IngestionStates ingestionStates(JdbcClient jdbc) {
        return new IngestionStates(jdbc);
    }

    @Bean
    FlushClasses flushClasses(JdbcClient jdbc, ChangeLog changes) {
        return new FlushClasses(jdbc, changes);
    }

    @Bean
    KeyedRequests keyedRequests(JdbcClient jdbc) {
        return new KeyedRequests(jdbc);
    }
}
