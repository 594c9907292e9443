package dev.rookery.controlplane.testing;

import dev.rookery.catalog.ClusterId;
import dev.rookery.catalog.clusters.ClusterCredential;
import dev.rookery.catalog.ingestion.BarrierDesk;
import dev.rookery.catalog.ingestion.LaneStore;
import dev.rookery.catalog.ingestion.WritePlans;
import dev.rookery.catalog.keys.KeyProperties;
import dev.rookery.clickhouse.ClickHouseAdmin;
import dev.rookery.controlplane.ControlPlaneMain;
import dev.rookery.db.MigrateProperties;
import dev.rookery.db.MigrateProperties.ClusterSettings;
import dev.rookery.db.MigrateProperties.Login;
import dev.rookery.db.Migrator;
import dev.rookery.engines.Credentials;
import dev.rookery.engines.clickhouse.ClickHouseConnection;
import dev.rookery.engines.postgres.PostgresConnection;
import dev.rookery.engines.testing.TestEngines;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** One control-plane per JVM, as a process would run it, on migrated engines. Safe for tests in parallel. */
public final class ControlPlane {
    private static final String KEY = Base64.getEncoder().encodeToString(new byte[32]);

    private static final AtomicReference<@Nullable ControlPlane> STARTED = new AtomicReference<>();

    private final ConfigurableApplicationContext context;
    private final ClickHouseAdmin admin;
    private final Map<ClusterId, ModelWriter> writers = new ConcurrentHashMap<>();

    private static final class Holder {
        private static final ControlPlane SHARED = new ControlPlane();

        static {
            STARTED.set(SHARED);
        }
    }

    private ControlPlane() {
        PostgresConnection postgres = TestEngines.newDatabase();
        ClickHouseConnection clickHouse = TestEngines.clickHouse();
        new Migrator(
                        new MigrateProperties(
                                postgres.jdbcUrl(),
                                postgres.credentials().user(),
                                postgres.credentials().password(),
                                TestEngines.kafka().bootstrapServers(),
                                1,
                                (short) 1,
                                null,
                                "local",
                                List.of(new ClusterSettings(
                                        "main",
                                        clickHouse.http(),
                                        clickHouse.rolePool(),
                                        login(clickHouse.users().admin()),
                                        login(clickHouse.users().writer()),
                                        login(clickHouse.users().gateway())))),
                        new KeyProperties("k1", Map.of("k1", KEY)).toKeyRing())
                .run();
        Credentials user = clickHouse.users().admin();
        admin = new ClickHouseAdmin(clickHouse.http(), new ClusterCredential(user.user(), user.password()), Map.of());
        context = SpringApplication.run(
                ControlPlaneMain.class,
                "--server.port=0",
                "--spring.datasource.url=" + postgres.jdbcUrl(),
                "--spring.datasource.username=" + postgres.credentials().user(),
                "--spring.datasource.password=" + postgres.credentials().password(),
                "--rookery.keys.current=k1",
                "--rookery.keys.master.k1=" + KEY,
                // Every change waits for the next poll; a test makes many.
                "--rookery.catalog.changes.poll-every=20ms",
                // Many tests share a slow machine.
                "--spring.datasource.hikari.connection-timeout=20000",
                // The embedded engine is below the safe minimum.
                "--rookery.clickhouse.allow-unsafe-version=true",
                "--spring.config.name=control-plane");
    }

    private static Login login(Credentials credentials) {
        return new Login(credentials.user(), credentials.password());
    }

    public static ControlPlane shared() {
        return Holder.SHARED;
    }

    static void closeIfStarted() {
        ControlPlane started = STARTED.get();
        if (started != null) {
            started.writers.values().forEach(ModelWriter::close);
            started.context.close();
        }
    }

    /** A bean of the control-plane's context. */
    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    /** The catalog's database. */
    public JdbcClient jdbc() {
        return bean(JdbcClient.class);
    }

    /** Runs in a transaction of the catalog. */
    public <T> T inTransaction(Supplier<T> work) {
        return Objects.requireNonNull(
                new TransactionTemplate(bean(PlatformTransactionManager.class)).execute(_ -> work.get()));
    }

    /** What brings rows into the tables of a cluster. */
    public ModelWriter writer(ClusterId cluster) {
        return writers.computeIfAbsent(
                cluster,
                id -> new ModelWriter(
                        bean(BarrierDesk.class),
                        bean(LaneStore.class),
                        bean(WritePlans.class),
                        id,
                        jdbc().sql("select name from clusters where id = :id")
                                .param("id", id.value())
                                .query(String.class)
                                .single()));
    }

    /** ClickHouse as its administrator. */
    public ClickHouseAdmin clickHouse() {
        return admin;
    }

    /** Where the REST API answers. */
    public String url() {
        return "http://127.0.0.1:" + context.getEnvironment().getRequiredProperty("local.server.port");
    }
}
