package dev.rookery.bench.ingest;

import dev.rookery.engines.Credentials;
import dev.rookery.engines.EngineKind;
import dev.rookery.engines.EngineSettings;
import dev.rookery.engines.Engines;
import dev.rookery.engines.process.DirectoryTree;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Migrate, control-plane and ingest-service as processes of their own, on engines of their own; loopback only. */
final class Installation implements AutoCloseable {
    /** The ingest-service's heap: what it is promised to do with. */
    static final String HEAP = "-Xmx256m";

    /** G1 would treat every record of 1 MB as an object larger than its regions, and mark all the time. */
    private static final String SMALL_HEAP_COLLECTOR = "-XX:+UseSerialGC";

    private static final Pattern FIRST_TOKEN = Pattern.compile("user token, shown only now: (\\S+)");

    private final Path directory;
    private final Engines engines;
    private final String masterKey;
    private final String userToken;
    private final ServiceProcess controlPlane;
    private final ServiceProcess ingest;
    private final URI controlPlaneUrl;
    private final URI ingestUrl;
    private final CpuMeter cpu = new CpuMeter();

    /**
     * Starts everything.
     *
     * @param partitions of each topic
     * @param ingestSettings of the ingest-service, as environment variables
     */
    Installation(int partitions, Map<String, String> ingestSettings) throws IOException, InterruptedException {
        directory = Files.createTempDirectory("rookery-bench-");
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        masterKey = Base64.getEncoder().encodeToString(key);
        engines = Engines.start(EngineSettings.in(directory.resolve("data"))
                .withEngines(EnumSet.of(EngineKind.CLICKHOUSE, EngineKind.POSTGRES, EngineKind.KAFKA))
                .withClickHouseMemory(0));
        String printed;
        try (var migrate =
                new ServiceProcess("dev.rookery.db.MigrateMain", directory, migrate(partitions), List.of())) {
            printed = migrate.finished();
        }
        Matcher token = FIRST_TOKEN.matcher(printed);
        if (!token.find()) {
            throw new IllegalStateException("migrate printed no user token: " + printed);
        }
        userToken = token.group(1);
        controlPlane = new ServiceProcess(
                "dev.rookery.controlplane.ControlPlaneMain", directory, service(), List.of("-Xmx256m"));
        controlPlaneUrl = controlPlane.listening();
        Map<String, String> settings = service();
        settings.put("ROOKERY_INGEST_EVENTS_REQUESTSPERSECOND", "1000000");
        settings.putAll(ingestSettings);
        ingest = new ServiceProcess("dev.rookery.ingest.IngestMain", directory, settings, ingestOptions());
        ingestUrl = ingest.listening();
        cpu.add("ingest-service", ingest.handle());
        cpu.add("control-plane", controlPlane.handle());
        engines.all()
                .forEach((kind, engine) -> cpu.add(
                        kind.name().toLowerCase(Locale.ROOT),
                        ProcessHandle.of(engine.pid()).orElseThrow()));
    }

    private static List<String> ingestOptions() {
        String more = System.getProperty("bench.ingest.options", SMALL_HEAP_COLLECTOR);
        return List.of((HEAP + " " + more).split(" ", -1));
    }

    /** Where events go. */
    URI events() {
        return ingestUrl;
    }

    URI api() {
        return controlPlaneUrl;
    }

    String userToken() {
        return userToken;
    }

    /** ClickHouse, without a platform in front of it. */
    ClickHouseUser clickHouse() {
        return new ClickHouseUser(
                engines.clickHouse().http(), engines.clickHouse().users().admin());
    }

    /** Of all processes but this one. */
    CpuMeter cpu() {
        return cpu;
    }

    /** The ingest-service's log, where something goes wrong. */
    String ingestSaid() {
        return ingest.said();
    }

    private Map<String, String> service() {
        Map<String, String> settings = new HashMap<>(keys());
        settings.put("SPRING_DATASOURCE_URL", engines.postgres().jdbcUrl());
        settings.put(
                "SPRING_DATASOURCE_USERNAME", engines.postgres().credentials().user());
        settings.put(
                "SPRING_DATASOURCE_PASSWORD", engines.postgres().credentials().password());
        settings.put("SPRING_KAFKA_BOOTSTRAPSERVERS", engines.kafka().bootstrapServers());
        settings.put("ROOKERY_CLICKHOUSE_ALLOWUNSAFEVERSION", "true");
        settings.put("ROOKERY_LIMITS_ENFORCED", "false");
        settings.put("SERVER_PORT", "0");
        settings.put("SERVER_ADDRESS", "127.0.0.1");
        return settings;
    }

    private Map<String, String> migrate(int partitions) {
        var clickHouse = engines.clickHouse();
        Map<String, String> settings = new HashMap<>(keys());
        settings.put("ROOKERY_MIGRATE_POSTGRESURL", engines.postgres().jdbcUrl());
        settings.put(
                "ROOKERY_MIGRATE_POSTGRESUSERNAME",
                engines.postgres().credentials().user());
        settings.put(
                "ROOKERY_MIGRATE_POSTGRESPASSWORD",
                engines.postgres().credentials().password());
        settings.put("ROOKERY_MIGRATE_KAFKABOOTSTRAP", engines.kafka().bootstrapServers());
        settings.put("ROOKERY_MIGRATE_PARTITIONS", Integer.toString(partitions));
        settings.put("ROOKERY_MIGRATE_ADMINEMAIL", "admin@example.com");
        settings.put("ROOKERY_MIGRATE_CLUSTERS_0_NAME", "main");
        settings.put("ROOKERY_MIGRATE_CLUSTERS_0_URL", clickHouse.http().toString());
        settings.put("ROOKERY_MIGRATE_CLUSTERS_0_ROLEPOOLSIZE", Integer.toString(clickHouse.rolePool()));
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
        return Map.of("ROOKERY_KEYS_CURRENT", "k1", "ROOKERY_KEYS_MASTER_K1", masterKey);
    }

    @Override
    public void close() {
        ingest.close();
        controlPlane.close();
        engines.close();
        DirectoryTree.delete(directory);
    }
}
