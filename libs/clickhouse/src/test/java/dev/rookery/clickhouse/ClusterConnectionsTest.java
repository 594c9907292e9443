package dev.rookery.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.catalog.ClusterId;
import dev.rookery.catalog.changes.ChangeFeed;
import dev.rookery.catalog.changes.ChangeFeedProperties;
import dev.rookery.catalog.changes.ChangeLog;
import dev.rookery.catalog.clusters.ClusterCredential;
import dev.rookery.catalog.clusters.ClusterPurpose;
import dev.rookery.catalog.clusters.ClusterStore;
import dev.rookery.catalog.keys.KeyPurpose;
import dev.rookery.catalog.keys.KeyRing;
import dev.rookery.catalog.keys.Sealer;
import dev.rookery.engines.Credentials;
import dev.rookery.engines.clickhouse.ClickHouseConnection;
import dev.rookery.engines.testing.TestEngines;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.OptionalInt;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@DisplayName("Statements to clusters as the platform's own users")
class ClusterConnectionsTest {
    private static final ClickHouseConnection SERVER = TestEngines.clickHouse();
    private static final ClickHouseRequest WHO = ClickHouseRequest.of("SELECT currentUser()");

    private final ClickHouseHttp http = new ClickHouseHttp(4, Duration.ofSeconds(30));
    private final ChangeLog changes;
    private final ClusterStore store;
    private final ChangeFeed feed;
    private final ClusterConnections connections;
    private final ClusterId cluster;

    ClusterConnectionsTest() {
        var database = TestEngines.newDatabase();
        String user = database.credentials().user();
        String password = database.credentials().password();
        Flyway.configure()
                .dataSource(database.jdbcUrl(), user, password)
                .locations("classpath:db/migrations/postgres")
                .load()
                .migrate();
        var dataSource = new DriverManagerDataSource(database.jdbcUrl(), user, password);
        var jdbc = JdbcClient.create(dataSource);
        changes = new ChangeLog(jdbc, new TransactionTemplate(new JdbcTransactionManager(dataSource)));
        byte[] key = new byte[32];
        var random = new SecureRandom();
        random.nextBytes(key);
        var sealer = new Sealer(new KeyRing("k", Map.of("k", key)), KeyPurpose.CREDENTIAL_SEAL, random);
        store = new ClusterStore(jdbc, sealer, changes);
        feed = new ChangeFeed(
                jdbc,
                InstantSource.system(),
                new ChangeFeedProperties(Duration.ofMillis(20), Duration.ofSeconds(10), Duration.ofSeconds(60)),
                "test");
        connections = new ClusterConnections(store, http, feed);
        cluster = register(SERVER.http());
    }

    private ClusterId register(URI url) {
        return changes.commitAndAwait(() -> {
            ClusterId id = store.putSingle("main", url, OptionalInt.empty());
            put(id, ClusterPurpose.ADMIN, SERVER.users().admin());
            put(id, ClusterPurpose.WRITER, SERVER.users().writer());
            put(id, ClusterPurpose.GATEWAY, SERVER.users().gateway());
            return id;
        });
    }

    private void put(ClusterId id, ClusterPurpose purpose, Credentials user) {
        store.putCredential(id, purpose, new ClusterCredential(user.user(), user.password()));
    }

    @BeforeEach
    void start() {
        feed.start();
    }

    @AfterEach
    void stop() {
        feed.stop();
        http.close();
    }

    @Test
    @DisplayName("Each purpose has its own user")
    void users() {
        assertThat(connections.text(cluster, ClusterPurpose.ADMIN, WHO))
                .isEqualTo(SERVER.users().admin().user());
        assertThat(connections.text(cluster, ClusterPurpose.WRITER, WHO))
                .isEqualTo(SERVER.users().writer().user());
        assertThat(connections.text(cluster, ClusterPurpose.GATEWAY, WHO.with("role", "r0001")))
                .isEqualTo(SERVER.users().gateway().user());
    }

    @Test
    @DisplayName("A tenant's statement without the tenant's role is never sent: every role would be active")
    void role() {
        for (ClickHouseRequest request :
                new ClickHouseRequest[] {WHO, WHO.with("role", ""), WHO.with("role", " "), WHO.with("Role", "r0001")}) {
            assertThatThrownBy(() -> connections.text(cluster, ClusterPurpose.GATEWAY, request))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> connections.send(cluster, ClusterPurpose.GATEWAY, request))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(connections.text(
                        cluster,
                        ClusterPurpose.GATEWAY,
                        ClickHouseRequest.of("SELECT currentRoles()").with("role", "r0002")))
                .isEqualTo("['r0002']");
    }

    @Test
    @DisplayName("A new password is used as soon as the change has been seen")
    void changes() {
        assertThat(connections.text(cluster, ClusterPurpose.WRITER, WHO)).isNotBlank();
        changes.commitAndAwait(() -> {
            store.putCredential(cluster, ClusterPurpose.WRITER, new ClusterCredential("nobody", "wrong"));
            return cluster;
        });
        assertThatThrownBy(() -> connections.text(cluster, ClusterPurpose.WRITER, WHO))
                .isInstanceOfSatisfying(
                        ClickHouseException.class, e -> assertThat(e.code()).isEqualTo(516));
        register(SERVER.http());
        assertThat(connections.text(cluster, ClusterPurpose.WRITER, WHO)).isNotBlank();
    }

    @Test
    @DisplayName(
            "A service refuses to start on an unsafe version, unless told otherwise; a cluster that is down stops nobody")
    void versionCheck() {
        var check = new VersionCheck(store, connections, false);
        String version = connections.text(cluster, ClusterPurpose.ADMIN, ClickHouseRequest.of("SELECT version()"));
        if (!SafeVersion.isSafe(version)) {
            assertThatThrownBy(check::afterPropertiesSet)
                    .hasMessageContaining(version)
                    .hasMessageContaining("rookery.clickhouse.allow-unsafe-version");
        }
        new VersionCheck(store, connections, true).afterPropertiesSet();
        register(URI.create("http://localhost:1"));
        check.afterPropertiesSet();
    }
}
