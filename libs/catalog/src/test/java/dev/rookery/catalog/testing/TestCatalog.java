package dev.rookery.catalog.testing;

import com.github.f4b6a3.uuid.UuidCreator;
import com.zaxxer.hikari.HikariDataSource;
import dev.rookery.catalog.ClusterId;
import dev.rookery.catalog.UserId;
import dev.rookery.catalog.WorkspaceId;
import dev.rookery.catalog.changes.ChangeFeed;
import dev.rookery.catalog.changes.ChangeFeedProperties;
import dev.rookery.catalog.changes.ChangeLog;
import dev.rookery.catalog.clusters.ClusterStore;
import dev.rookery.catalog.deployments.DeploymentStore;
import dev.rookery.catalog.deployments.ResourceStore;
import dev.rookery.catalog.keys.KeyPurpose;
import dev.rookery.catalog.keys.KeyRing;
import dev.rookery.catalog.keys.Sealer;
import dev.rookery.catalog.secrets.SecretStore;
import dev.rookery.catalog.shares.ShareStore;
import dev.rookery.catalog.snapshot.SnapshotLoader;
import dev.rookery.catalog.tokens.TokenStore;
import dev.rookery.catalog.tokens.TokenText;
import dev.rookery.engines.postgres.PostgresConnection;
import dev.rookery.engines.testing.TestEngines;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A catalog in a database of its own, migrated to the newest version, with its stores wired as services wire them. */
public final class TestCatalog {
    private static final AtomicInteger NUMBER = new AtomicInteger();

    public final DataSource dataSource;
    public final JdbcClient jdbc;
    public final JdbcTransactionManager transactionManager;
    public final TransactionTemplate transactions;
    public final KeyRing keys;
    public final ChangeLog changes;
    public final TokenText texts;
    public final TokenStore tokens;
    public final ClusterStore clusters;
    public final SecretStore secrets;
    public final ShareStore shares;
    public final DeploymentStore deployments;
    public final ResourceStore resources;
    public final SnapshotLoader loader;

    /** The stores over a data source, as one service instance has them. */
    public TestCatalog(DataSource dataSource, KeyRing keys) {
        this.dataSource = dataSource;
        this.jdbc = JdbcClient.create(dataSource);
        this.transactionManager = new JdbcTransactionManager(dataSource);
        this.transactions = new TransactionTemplate(transactionManager);
        this.keys = keys;
        var random = new SecureRandom();
        this.changes = new ChangeLog(jdbc, transactions);
        this.texts = new TokenText(keys, random);
        this.tokens = new TokenStore(
                jdbc, keys, new Sealer(keys, KeyPurpose.TOKEN_SEAL, random), texts, changes, "test-region");
        this.clusters = new ClusterStore(jdbc, new Sealer(keys, KeyPurpose.CREDENTIAL_SEAL, random), changes);
        this.secrets = new SecretStore(jdbc, new Sealer(keys, KeyPurpose.SECRET_SEAL, random), changes);
        this.shares = new ShareStore(jdbc, changes);
        this.deployments = new DeploymentStore(jdbc, changes);
        this.resources = new ResourceStore(jdbc, changes);
        this.loader = new SnapshotLoader(jdbc, secrets, transactionManager);
    }

    /** A catalog in a new database. */
    public static TestCatalog create() {
        PostgresConnection database = TestEngines.newDatabase();
        migrate(database, "latest");
        return new TestCatalog(pool(database, 12), keys("k1"));
    }

    public static void migrate(PostgresConnection database, String target) {
        Flyway.configure()
                .dataSource(
                        database.jdbcUrl(),
                        database.credentials().user(),
                        database.credentials().password())
                .locations("classpath:db/migrations/postgres")
                .target(target)
                .load()
                .migrate();
    }

    /** A pool that keeps no idle connections, so that many test databases share one server. */
    public static HikariDataSource pool(PostgresConnection database, int size) {
        var pool = new HikariDataSource();
        pool.setJdbcUrl(database.jdbcUrl());
        pool.setUsername(database.credentials().user());
        pool.setPassword(database.credentials().password());
        pool.setMaximumPoolSize(size);
        pool.setMinimumIdle(0);
        pool.setIdleTimeout(10_000);
        pool.setConnectionTimeout(5_000);
        return pool;
    }

    /** A key ring of one random key. */
    public static KeyRing keys(String id) {
        return new KeyRing(id, Map.of(id, randomKey()));
    }

    public static byte[] randomKey() {
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        return key;
    }

    public <T> T inTransaction(Supplier<T> work) {
        return java.util.Objects.requireNonNull(transactions.execute(_ -> work.get()));
    }

    public void inTransaction(Runnable work) {
        transactions.executeWithoutResult(_ -> work.run());
    }

    /** A feed that polls every 10 ms and is not started. */
    public ChangeFeed feed(InstantSource clock) {
        return new ChangeFeed(
                jdbc,
                clock,
                new ChangeFeedProperties(Duration.ofMillis(10), Duration.ofSeconds(10), Duration.ofSeconds(60)),
                "test");
    }

    /** A cluster without limits. */
    public ClusterId newCluster() {
        String name = "c" + NUMBER.incrementAndGet();
        return inTransaction(() -> clusters.putSingle(name, URI.create("http://localhost:8123"), OptionalInt.empty()));
    }

    public UserId newUser(String email) {
        var id = new UserId(UuidCreator.getTimeOrderedEpoch());
        jdbc.sql("insert into users (id, email) values (:id, :email)")
                .param("id", id.value())
                .param("email", email)
                .update();
        return id;
    }

    /** A workspace with the empty deployment 0, in an organization and on a cluster of its own. */
    public WorkspaceId newWorkspace() {
        ClusterId cluster = newCluster();
        var organization = UuidCreator.getTimeOrderedEpoch();
        var id = new WorkspaceId(UuidCreator.getTimeOrderedEpoch());
        inTransaction(() -> {
            jdbc.sql("insert into organizations (id, name) values (:id, 'acme')")
                    .param("id", organization)
                    .update();
            jdbc.sql("""
                            insert into workspaces (id, organization_id, name, cluster_id, slot)
                            values (:id, :organization, :name, :cluster, 1)
                            """)
                    .param("id", id.value())
                    .param("organization", organization)
                    .param("name", "w" + NUMBER.incrementAndGet())
                    .param("cluster", cluster.value())
                    .update();
            deployments.createInitial(id);
        });
        return id;
    }

    public void setRole(WorkspaceId workspace, UserId user, String role) {
        jdbc.sql("insert into workspace_members (workspace_id, user_id, role) values (:workspace, :user, :role)")
                .param("workspace", workspace.value())
                .param("user", user.value())
                .param("role", role)
                .update();
    }
}
