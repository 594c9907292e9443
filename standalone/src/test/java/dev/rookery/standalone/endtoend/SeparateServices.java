package dev.rookery.standalone.endtoend;

import dev.rookery.catalog.changes.ChangeLog;
import dev.rookery.catalog.keys.KeyPurpose;
import dev.rookery.catalog.keys.KeyRing;
import dev.rookery.catalog.keys.Sealer;
import dev.rookery.catalog.tokens.TokenStore;
import dev.rookery.catalog.tokens.TokenText;
import dev.rookery.engines.Credentials;
import dev.rookery.engines.postgres.PostgresConnection;
import dev.rookery.engines.process.DirectoryTree;
import dev.rookery.engines.testing.TestEngines;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Each service in a JVM of its own on engines that they share, behind one address: an installation in small. */
final class SeparateServices implements Platform {
    private static final Pattern ENDPOINT =
            Pattern.compile("/v0/pipes/(?:[^/]+\\.(?:json|csv|ndjson|parquet|prometheus)|[^/]+/explain)/?");
    private static final Pattern FIRST_TOKEN = Pattern.compile("user token, shown only now: (\\S+)");

    private static final class Holder {
        private static final SeparateServices SHARED =
                new SeparateServices("main", TestEngines.clickHouse().http(), 0);
    }

    private final Path directory = temporaryDirectory();
    private final PostgresConnection postgres = TestEngines.newDatabase();
    private final SecureRandom random = new SecureRandom();
    private final byte[] masterKey = new byte[32];
    private final String userToken;
    private volatile ServiceProcess controlPlaneProcess;
    private volatile URI controlPlane;
    private final URI gateway;
    private final URI clickHouseInterface;
    private final URI ingest;
    private final PathRouter router = new PathRouter(this::serviceOf);

    /**
     * An installation of its own on the shared engines.
     *
     * @param cluster the name of its cluster, and so of its topics: no other installation has it
     * @param clickHouse where it takes ClickHouse to be
     * @param slots how many of the cluster's slots it leaves to other installations
     */
    SeparateServices(String cluster, URI clickHouse, int slots) {
        random.nextBytes(masterKey);
        String printed = new ServiceProcess(
                        "dev.rookery.db.MigrateMain", directory, migrateSettings(cluster, clickHouse))
                .finished();
        Matcher token = FIRST_TOKEN.matcher(printed);
        if (!token.find()) {
            throw new IllegalStateException("migrate printed no user token: " + printed);
        }
        userToken = token.group(1);

        jdbc().sql("update clusters set last_slot = ?").param(slots).update();

        controlPlaneProcess = service("dev.rookery.controlplane.ControlPlaneMain");
        var gatewayProcess = service("dev.rookery.gateway.QueryGatewayMain");
        var ingestProcess = service("dev.rookery.ingest.IngestMain");
        controlPlane = controlPlaneProcess.listening(1).getFirst();
        gateway = gatewayProcess.listening(2).getFirst();
        clickHouseInterface = gatewayProcess.listening(2).getLast();
        ingest = ingestProcess.listening(1).getFirst();
    }

    static SeparateServices shared() {
        return Holder.SHARED;
    }

    @Override
    public URI api() {
        return router.url();
    }

    @Override
    public URI clickHouseInterface() {
        return clickHouseInterface;
    }

    @Override
    public String userToken() {
        return userToken;
    }

    /** The catalog's database. */
    JdbcClient jdbc() {
        return JdbcClient.create(dataSource());
    }

    private DataSource dataSource() {
        var dataSource = new PGSimpleDataSource();
        dataSource.setUrl(postgres.jdbcUrl());
        dataSource.setUser(postgres.credentials().user());
        dataSource.setPassword(postgres.credentials().password());
        return dataSource;
    }

    boolean isControlPlaneRunning() {
        return controlPlaneProcess.isRunning();
    }

    /** Ends the control-plane as {@code kill -9} does. */
    void killControlPlane() {
        controlPlaneProcess.kill();
    }

    /** Starts the control-plane again, at another port. */
    void restartControlPlane() {
        controlPlaneProcess = service("dev.rookery.controlplane.ControlPlaneMain");
        controlPlane = controlPlaneProcess.listening(1).getFirst();
    }

    @Override
    public TokenStore tokens() {
        DataSource dataSource = dataSource();
        var jdbc = JdbcClient.create(dataSource);
        var keys = new KeyRing("k1", Map.of("k1", masterKey));
        return new TokenStore(
                jdbc,
                keys,
                new Sealer(keys, KeyPurpose.TOKEN_SEAL, random),
                new TokenText(keys, random),
                new ChangeLog(jdbc, new TransactionTemplate(new JdbcTransactionManager(dataSource))),
                "local");
    }

    URI controlPlane() {
        return controlPlane;
    }

    URI gateway() {
        return gateway;
    }

    URI ingest() {
        return ingest;
    }

    private URI serviceOf(String path) {
        if (path.equals("/v0/events") || path.startsWith("/v0/events/")) {
            return ingest;
        }
        boolean query = path.equals("/v0/sql")
                || path.startsWith("/v0/sql/")
                || ENDPOINT.matcher(path).matches();
        return query ? gateway : controlPlane;
    }

    private ServiceProcess service(String main) {
        Map<String, String> settings = new HashMap<>(keys());
        settings.put("SPRING_DATASOURCE_URL", postgres.jdbcUrl());
        settings.put("SPRING_DATASOURCE_USERNAME", postgres.credentials().user());
        settings.put("SPRING_DATASOURCE_PASSWORD", postgres.credentials().password());
        settings.put("SPRING_KAFKA_BOOTSTRAPSERVERS", TestEngines.kafka().bootstrapServers());
        settings.put("ROOKERY_CLICKHOUSE_ALLOWUNSAFEVERSION", "true");
        // New organizations are on the free plan, and a suite asks more than that.
        settings.put("ROOKERY_LIMITS_ENFORCED", "false");
        settings.put("ROOKERY_GATEWAY_CLICKHOUSEINTERFACEPORT", "0");
        settings.put("SERVER_PORT", "0");
        settings.put("SERVER_ADDRESS", "127.0.0.1");
        return new ServiceProcess(main, directory, settings);
    }

    private Map<String, String> migrateSettings(String cluster, URI url) {
        var clickHouse = TestEngines.clickHouse();
        Map<String, String> settings = new HashMap<>(keys());
        settings.put("ROOKERY_MIGRATE_POSTGRESURL", postgres.jdbcUrl());
        settings.put("ROOKERY_MIGRATE_POSTGRESUSERNAME", postgres.credentials().user());
        settings.put("ROOKERY_MIGRATE_POSTGRESPASSWORD", postgres.credentials().password());
        settings.put("ROOKERY_MIGRATE_KAFKABOOTSTRAP", TestEngines.kafka().bootstrapServers());
        settings.put("ROOKERY_MIGRATE_ADMINEMAIL", "admin@example.com");
        settings.put("ROOKERY_MIGRATE_CLUSTERS_0_NAME", cluster);
        settings.put("ROOKERY_MIGRATE_CLUSTERS_0_URL", url.toString());
        if (clickHouse.rolePool() > 0) {
            settings.put("ROOKERY_MIGRATE_CLUSTERS_0_ROLEPOOLSIZE", Integer.toString(clickHouse.rolePool()));
        }
        put(settings, "ADMIN", clickHouse.users().admin());
        put(settings, "WRITER", clickHouse.users().writer());
        put(settings, "GATEWAY", clickHouse.users().gateway());
        return settings;
    }

    private static void put(Map<String, String> settings, String purpose, Credentials login) {
        settings.put("ROOKERY_MIGRATE_CLUSTERS_0_%s_USERNAME".formatted(purpose), login.user());
        settings.put("ROOKERY_MIGRATE_CLUSTERS_0_%s_PASSWORD".formatted(purpose), login.password());
    }

    private Map<String, String> keys() {
        return Map.of(
                "ROOKERY_KEYS_CURRENT",
                "k1",
                "ROOKERY_KEYS_MASTER_K1",
                Base64.getEncoder().encodeToString(masterKey));
    }

    private static Path temporaryDirectory() {
        try {
            Path directory = Files.createTempDirectory("rookery-services-");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> DirectoryTree.delete(directory), "services-logs"));
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
