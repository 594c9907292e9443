package dev.rookery.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.catalog.changes.ChangeLog;
import dev.rookery.catalog.clusters.Cluster;
import dev.rookery.catalog.clusters.ClusterCredential;
import dev.rookery.catalog.clusters.ClusterPurpose;
import dev.rookery.catalog.clusters.ClusterStore;
import dev.rookery.catalog.clusters.FlushClass;
import dev.rookery.catalog.clusters.Topics;
import dev.rookery.catalog.keys.KeyPurpose;
import dev.rookery.catalog.keys.KeyRing;
import dev.rookery.catalog.keys.SealBrokenException;
import dev.rookery.catalog.keys.Sealer;
import dev.rookery.clickhouse.ClickHouseAdmin;
import dev.rookery.db.MigrateProperties.ClusterSettings;
import dev.rookery.db.MigrateProperties.Login;
import dev.rookery.engines.Credentials;
import dev.rookery.engines.postgres.PostgresConnection;
import dev.rookery.engines.testing.TestEngines;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@DisplayName("migrate on the engines (ALGORITHMS.md 23)")
class MigratorTest {
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final PostgresConnection postgres = TestEngines.newDatabase();
    private final String name = "m" + NUMBER.incrementAndGet();
    private final byte[] masterKey = randomKey();
    private final KeyRing keys = new KeyRing("k", Map.of("k", masterKey));

    private static byte[] randomKey() {
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        return key;
    }

    private MigrateProperties settings(List<ClusterSettings> clusters) {
        return new MigrateProperties(
                postgres.jdbcUrl(),
                postgres.credentials().user(),
                postgres.credentials().password(),
                TestEngines.kafka().bootstrapServers(),
                3,
                (short) 1,
                null,
                "local",
                clusters);
    }

    private ClusterSettings cluster(URI url) {
        var users = TestEngines.clickHouse().users();
        return new ClusterSettings(name, url, 9, login(users.admin()), login(users.writer()), login(users.gateway()));
    }

    private static Login login(Credentials user) {
        return new Login(user.user(), user.password());
    }

    private Migrator migrator() {
        return new Migrator(settings(List.of(cluster(TestEngines.clickHouse().http()))), keys);
    }

    private DriverManagerDataSource dataSource() {
        return new DriverManagerDataSource(
                postgres.jdbcUrl(),
                postgres.credentials().user(),
                postgres.credentials().password());
    }

    private ClusterStore clusters() {
        var jdbc = JdbcClient.create(dataSource());
        var transactions = new TransactionTemplate(new JdbcTransactionManager(dataSource()));
        return new ClusterStore(
                jdbc,
                new Sealer(keys, KeyPurpose.CREDENTIAL_SEAL, new SecureRandom()),
                new ChangeLog(jdbc, transactions));
    }

    private static Admin kafka() {
        return Admin.create(
                Map.<String, Object>of("bootstrap.servers", TestEngines.kafka().bootstrapServers()));
    }

    @Test
    @DisplayName("It registers the cluster with its users, and creates the platform's database and the topics")
    void everything() throws Exception {
        migrator().run();

        Cluster cluster = clusters().all().getFirst();
        assertThat(cluster.name()).isEqualTo(name);
        assertThat(cluster.rolePoolSize()).hasValue(9);
        assertThat(cluster.writer().url()).isEqualTo(TestEngines.clickHouse().http());
        var gateway = TestEngines.clickHouse().users().gateway();
        assertThat(clusters().credential(cluster.id(), ClusterPurpose.GATEWAY))
                .isEqualTo(new ClusterCredential(gateway.user(), gateway.password()));
        try (var clickHouse = new ClickHouseAdmin(
                cluster.writer().url(), clusters().credential(cluster.id(), ClusterPurpose.ADMIN), Map.of())) {
            assertThat(clickHouse
                            .query("SELECT toString(count()) AS n FROM rookery.schema_history FINAL")
                            .getFirst()
                            .getString("n"))
                    .isNotEqualTo("0");
        }
        try (var admin = kafka()) {
            Set<String> topics = admin.listTopics().names().get(30, TimeUnit.SECONDS);
            assertThat(topics).contains(Topics.COMMITS);
            for (FlushClass flushClass : FlushClass.values()) {
                String topic = Topics.events(name, flushClass);
                assertThat(topics).contains(topic);
                assertThat(admin.describeTopics(List.of(topic))
                                .allTopicNames()
                                .get(30, TimeUnit.SECONDS)
                                .get(topic))
                        .satisfies(description -> assertThat(description == null ? List.of() : description.partitions())
                                .hasSize(3));
                var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
                var config = admin.describeConfigs(List.of(resource))
                        .all()
                        .get(30, TimeUnit.SECONDS)
                        .get(resource);
                assertThat(config).isNotNull();
                if (config != null) {
                    assertThat(config.get(TopicConfig.RETENTION_BYTES_CONFIG).value())
                            .as("ALGORITHMS.md 8: no size retention")
                            .isEqualTo("-1");
                    assertThat(Long.parseLong(
                                    config.get(TopicConfig.RETENTION_MS_CONFIG).value()))
                            .as("ALGORITHMS.md 8: at least 7 days")
                            .isGreaterThanOrEqualTo(TimeUnit.DAYS.toMillis(7));
                }
            }
        }
    }

    @Test
    @DisplayName("Again, and by several at once, it changes nothing but what is configured anew")
    void idempotent() throws Exception {
        Callable<Boolean> run = () -> {
            migrator().run();
            return true;
        };
        try (var threads = Executors.newFixedThreadPool(3)) {
            for (var result : threads.invokeAll(List.of(run, run, run))) {
                assertThat(result.get()).isTrue();
            }
        }
        Cluster before = clusters().all().getFirst();
        migrator().run();
        assertThat(clusters().all()).containsExactly(before);
        try (var clickHouse = new ClickHouseAdmin(
                before.writer().url(), clusters().credential(before.id(), ClusterPurpose.ADMIN), Map.of())) {
            assertThat(new ClickHouseMigration(clickHouse).run()).as("pending").isZero();
        }
    }

    @Test
    @DisplayName("Passwords are in the database sealed only")
    void sealed() {
        migrator().run();
        String rows = String.join(
                "\n",
                JdbcClient.create(dataSource())
                        .sql("select c::text || encode(password, 'escape') from cluster_credentials c")
                        .query(String.class)
                        .list());
        var users = TestEngines.clickHouse().users();
        assertThat(rows)
                .contains(users.admin().user())
                .doesNotContain(
                        users.admin().password(),
                        users.writer().password(),
                        users.gateway().password());
        assertThat(settings(List.of(cluster(URI.create("http://x")))).toString())
                .doesNotContain(users.admin().password(), users.gateway().password());
    }

    @Test
    @DisplayName("With another master key it stops, and says that the master key is wrong")
    void wrongMasterKey() {
        migrator().run();
        var other = new Migrator(settings(List.of()), new KeyRing("k", Map.of("k", randomKey())));
        assertThatThrownBy(other::run)
                .isInstanceOf(SealBrokenException.class)
                .hasMessageContaining("the master key is not the one");
    }

    @Test
    @DisplayName("A ClickHouse that is not there is named, and what was done stays done")
    void clickHouseGone() {
        var gone = new Migrator(settings(List.of(cluster(URI.create("http://localhost:1")))), keys);
        assertThatThrownBy(gone::run).hasMessageContaining("ClickHouse at http://localhost:1 does not answer");
        migrator().run();
        assertThat(clusters().all().getFirst().writer().url())
                .isEqualTo(TestEngines.clickHouse().http());
    }

    @Test
    @DisplayName("The main exits with 0, and with 1 and one line when something is wrong")
    void main() throws Exception {
        Exit good = exit(name, masterKey);
        assertThat(good.code()).as(good.output()).isZero();
        // The first cluster's row, sealed under the right key, is what does not open.
        Exit bad = exit(name + "b", randomKey());
        assertThat(bad.code()).isEqualTo(1);
        assertThat(bad.output().lines().filter(line -> line.startsWith("migrate failed: ")))
                .hasSize(1);
        assertThat(bad.output()).contains("the master key is not the one").doesNotContain("\tat ");
    }

    private record Exit(int code, String output) {}

    private Exit exit(String clusterName, byte[] key) throws Exception {
        var admin = TestEngines.clickHouse().users().admin();
        var builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.rookery.db.MigrateMain",
                "--spring.main.banner-mode=off");
        Map<String, String> environment = builder.environment();
        environment.put("ROOKERY_MIGRATE_POSTGRESURL", postgres.jdbcUrl());
        environment.put(
                "ROOKERY_MIGRATE_POSTGRESUSERNAME", postgres.credentials().user());
        environment.put(
                "ROOKERY_MIGRATE_POSTGRESPASSWORD", postgres.credentials().password());
        environment.put("ROOKERY_MIGRATE_KAFKABOOTSTRAP", TestEngines.kafka().bootstrapServers());
        environment.put("ROOKERY_MIGRATE_CLUSTERS_0_NAME", clusterName);
        environment.put(
                "ROOKERY_MIGRATE_CLUSTERS_0_URL",
                TestEngines.clickHouse().http().toString());
        for (String purpose : List.of("ADMIN", "WRITER", "GATEWAY")) {
            environment.put("ROOKERY_MIGRATE_CLUSTERS_0_" + purpose + "_USERNAME", admin.user());
            environment.put("ROOKERY_MIGRATE_CLUSTERS_0_" + purpose + "_PASSWORD", admin.password());
        }
        environment.put("ROOKERY_KEYS_CURRENT", "k");
        environment.put("ROOKERY_KEYS_MASTER_K", Base64.getEncoder().encodeToString(key));
        Process process = builder.redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Exit(process.waitFor(), output);
    }
}
