package dev.rookery.gateway.testing;

import dev.rookery.catalog.clusters.ClusterCredential;
import dev.rookery.catalog.keys.KeyProperties;
import dev.rookery.clickhouse.ClickHouseAdmin;
import dev.rookery.db.MigrateProperties;
import dev.rookery.db.MigrateProperties.ClusterSettings;
import dev.rookery.db.MigrateProperties.Login;
import dev.rookery.db.Migrator;
import dev.rookery.engines.Credentials;
import dev.rookery.engines.clickhouse.ClickHouseConnection;
import dev.rookery.engines.postgres.PostgresConnection;
import dev.rookery.engines.testing.TestEngines;
import dev.rookery.gateway.QueryGatewayMain;
import dev.rookery.gateway.clickhouseinterface.ClickHouseInterfaceServer;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** One gateway per JVM, as a process would run it, on migrated engines. Safe for tests in parallel. */
public final class Gateway {
    private static final String KEY = Base64.getEncoder().encodeToString(new byte[32]);

    private static final AtomicReference<@Nullable Gateway> STARTED = new AtomicReference<>();

    private final ConfigurableApplicationContext context;
    private final ClickHouseAdmin admin;

    private static final class Holder {
        private static final Gateway SHARED = new Gateway();

        static {
            STARTED.set(SHARED);
        }
    }

    private Gateway() {
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
                QueryGatewayMain.class,
                "--server.port=0",
                "--spring.threads.virtual.enabled=true",
                "--spring.datasource.url=" + postgres.jdbcUrl(),
                "--spring.datasource.username=" + postgres.credentials().user(),
                "--spring.datasource.password=" + postgres.credentials().password(),
                "--rookery.keys.current=k1",
                "--rookery.keys.master.k1=" + KEY,
                // The embedded engine is below the safe minimum.
                "--rookery.clickhouse.allow-unsafe-version=true",
                "--rookery.gateway.query-timeout=6s",
                "--rookery.gateway.clickhouse-interface-port=0",
                "--spring.config.name=query-gateway");
    }

    private static Login login(Credentials credentials) {
        return new Login(credentials.user(), credentials.password());
    }

    public static Gateway shared() {
        return Holder.SHARED;
    }

    static void closeIfStarted() {
        Gateway started = STARTED.get();
        if (started != null) {
            started.context.close();
        }
    }

    /** Where the ClickHouse interface answers. */
    public String clickHouseInterfaceUrl() {
        return "http://127.0.0.1:" + bean(ClickHouseInterfaceServer.class).port();
    }

    /** A bean of the gateway's context. */
    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    /** ClickHouse as its administrator. */
    public ClickHouseAdmin clickHouse() {
        return admin;
    }

    /** Where the REST APIs answer. */
    public String url() {
        return "http://127.0.0.1:" + context.getEnvironment().getRequiredProperty("local.server.port");
    }
}
