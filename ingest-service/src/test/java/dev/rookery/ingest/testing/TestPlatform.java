package dev.rookery.ingest.testing;

import dev.rookery.catalog.changes.ChangeLog;
import dev.rookery.catalog.clusters.Cluster;
import dev.rookery.catalog.clusters.ClusterStore;
import dev.rookery.catalog.clusters.FlushClass;
import dev.rookery.catalog.clusters.Topics;
import dev.rookery.catalog.deployments.DeploymentStore;
import dev.rookery.catalog.deployments.ResourceStore;
import dev.rookery.catalog.ingestion.Barriers;
import dev.rookery.catalog.ingestion.FlushClasses;
import dev.rookery.catalog.ingestion.IngestionStates;
import dev.rookery.catalog.ingestion.LaneStore;
import dev.rookery.catalog.ingestion.WritePlans;
import dev.rookery.catalog.keys.KeyProperties;
import dev.rookery.catalog.keys.KeyPurpose;
import dev.rookery.catalog.keys.KeyRing;
import dev.rookery.catalog.keys.Sealer;
import dev.rookery.catalog.tokens.TokenStore;
import dev.rookery.catalog.tokens.TokenText;
import dev.rookery.db.MigrateProperties;
import dev.rookery.db.MigrateProperties.ClusterSettings;
import dev.rookery.db.MigrateProperties.Login;
import dev.rookery.db.Migrator;
import dev.rookery.engines.Credentials;
import dev.rookery.engines.broker.KafkaConnection;
import dev.rookery.engines.clickhouse.ClickHouseConnection;
import dev.rookery.engines.postgres.PostgresConnection;
import dev.rookery.engines.testing.TestEngines;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A migrated catalog with one cluster and its topics, and the stores to fill it as the control-plane does. Each has a
 * database and a cluster name of its own, so that tests side by side share nothing but the engines. Thread safe.
 */
public final class TestPlatform {
    private static final AtomicInteger CLUSTERS = new AtomicInteger();

    private final PostgresConnection postgres;
    private final ClickHouseConnection clickHouse;
    private final KafkaConnection kafka;
    private final String masterKey;
    private final Cluster cluster;
    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final ChangeLog changes;
    private final TokenStore tokens;

    private TestPlatform(
            PostgresConnection postgres, ClickHouseConnection clickHouse, KafkaConnection kafka, int partitions) {
        this.postgres = postgres;
        this.clickHouse = clickHouse;
        this.kafka = kafka;
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        this.masterKey = Base64.getEncoder().encodeToString(key);
        KeyRing keys = new KeyProperties("test", Map.of("test", masterKey)).toKeyRing();
        new Migrator(migration(partitions), keys).run();

        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setUrl(postgres.jdbcUrl());
        dataSource.setUser(postgres.credentials().user());
        dataSource.setPassword(postgres.credentials().password());
        this.jdbc = JdbcClient.create(dataSource);
        this.transactions = new TransactionTemplate(new JdbcTransactionManager(dataSource));
        this.changes = new ChangeLog(jdbc, transactions);
        SecureRandom random = new SecureRandom();
        this.tokens = new TokenStore(
                jdbc,
                keys,
                new Sealer(keys, KeyPurpose.TOKEN_SEAL, random),
                new TokenText(keys, random),
                changes,
                "local");
        this.cluster = new ClusterStore(jdbc, new Sealer(keys, KeyPurpose.CREDENTIAL_SEAL, random), changes)
                .all()
                .getFirst();
    }

    /** On the shared engines. */
    public static TestPlatform onSharedEngines() {
        return on(TestEngines.newDatabase(), TestEngines.clickHouse(), TestEngines.kafka(), 2);
    }

    /** On engines of the caller's choice. */
    public static TestPlatform on(
            PostgresConnection postgres, ClickHouseConnection clickHouse, KafkaConnection kafka, int partitions) {
        return new TestPlatform(postgres, clickHouse, kafka, partitions);
    }

    /** What a service needs to find all of it, as arguments of its main; port 0. */
    public List<String> arguments(String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "--server.port=0",
                "--spring.main.banner-mode=off",
                "--logging.level.org.apache.kafka=off",
                "--spring.datasource.url=" + postgres.jdbcUrl(),
                "--spring.datasource.username=" + postgres.credentials().user(),
                "--spring.datasource.password=" + postgres.credentials().password(),
                "--spring.kafka.bootstrap-servers=" + kafka.bootstrapServers(),
                // The embedded build is older than what production accepts.
                "--rookery.clickhouse.allow-unsafe-version=true",
                "--rookery.keys.current=test",
                "--rookery.keys.master.test=" + masterKey,
                "--rookery.catalog.changes.poll-every=50ms"));
        arguments.addAll(List.of(more));
        return arguments;
    }

    /** A new workspace with an empty live deployment. */
    public TestWorkspace newWorkspace() {
        return TestWorkspace.create(this);
    }

    /** The topic that the cluster's events go through. */
    public String topic() {
        return Topics.events(cluster.name(), FlushClass.FAST);
    }

    public ClickHouseConnection clickHouse() {
        return clickHouse;
    }

    public KafkaConnection kafka() {
        return kafka;
    }

    public JdbcClient jdbc() {
        return jdbc;
    }

    public ChangeLog changes() {
        return changes;
    }

    public Cluster cluster() {
        return cluster;
    }

    public TransactionTemplate transactions() {
        return transactions;
    }

    TokenStore tokens() {
        return tokens;
    }

    ResourceStore resources() {
        return new ResourceStore(jdbc, changes);
    }

    DeploymentStore deployments() {
        return new DeploymentStore(jdbc, changes);
    }

    /** Which data sources are behind, as APIs see it. */
    public IngestionStates states() {
        return new IngestionStates(jdbc);
    }

    /** The coordinator of barriers, as the control-plane has it. */
    public Barriers barriers() {
        var lanes = new LaneStore(jdbc, transactions);
        return new Barriers(jdbc, lanes, plans(), transactions);
    }

    public WritePlans plans() {
        return new WritePlans(jdbc);
    }

    public FlushClasses flushClasses() {
        return new FlushClasses(jdbc, changes);
    }

    private MigrateProperties migration(int partitions) {
        var users = clickHouse.users();
        var settings = new ClusterSettings(
                "t%d-%d".formatted(ProcessHandle.current().pid(), CLUSTERS.incrementAndGet()),
                clickHouse.http(),
                clickHouse.rolePool() == 0 ? null : clickHouse.rolePool(),
                login(users.admin()),
                login(users.writer()),
                login(users.gateway()));
        return new MigrateProperties(
                postgres.jdbcUrl(),
                postgres.credentials().user(),
                postgres.credentials().password(),
                kafka.bootstrapServers(),
                partitions,
                (short) 1,
                null,
                "local",
                List.of(settings));
    }

    private static Login login(Credentials credentials) {
        return new Login(credentials.user(), credentials.password());
    }
}
