package dev.rookery.engines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.rookery.engines.EngineProgress.State;
import dev.rookery.engines.process.FreePorts;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

@DisplayName("The engines of a data directory")
class EnginesTest {
    private static final Set<EngineKind> LIGHT = EnumSet.of(EngineKind.CLICKHOUSE, EngineKind.POSTGRES);

    @TempDir
    Path directory;

    @Test
    @DisplayName("start together, say so, and are described in a private file")
    void startTogether() throws Exception {
        List<String> told = new CopyOnWriteArrayList<>();
        var settings = EngineSettings.in(directory)
                .withPorts(TestPorts.any())
                .withProgress((engine, state, after) -> told.add(engine + " " + state));
        try (var engines = Engines.start(settings)) {
            for (EngineKind kind : EngineKind.values()) {
                assertThat(told).containsSubsequence(kind + " " + State.STARTING, kind + " " + State.READY);
            }
            assertThat(engines.residentBytes()).isBetween(100_000_000L, 2_000_000_000L);

            var described = JsonMapper.shared().readTree(engines.connectionsFile());
            assertThat(described.path("postgres").path("jdbcUrl").asString())
                    .isEqualTo(engines.postgres().jdbcUrl());
            assertThat(described
                            .path("clickhouse")
                            .path("gateway")
                            .path("password")
                            .asString())
                    .isEqualTo(engines.clickHouse().users().gateway().password());
            assertThat(described.path("kafka").path("bootstrapServers").asString())
                    .isEqualTo(engines.kafka().bootstrapServers());
            assertThat(described.path("s3").path("secretKey").asString())
                    .isEqualTo(engines.s3().credentials().password());
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(engines.connectionsFile())))
                    .isEqualTo("rw-------");
            assertNoSecretOnCommandLines(engines);
        }
        assertThat(told).contains("KAFKA STOPPED", "S3 STOPPED", "POSTGRES STOPPED", "CLICKHOUSE STOPPED");
    }

    @Test
    @DisplayName("take the same ports and passwords again, and another port when one is taken")
    void ports() throws Exception {
        Engines first = Engines.start(light().withPorts(TestPorts.any()));
        var before = first.clickHouse();
        var postgresBefore = first.postgres();
        first.close();

        Engines second = Engines.start(light());
        assertThat(second.clickHouse()).isEqualTo(before);
        assertThat(second.postgres()).isEqualTo(postgresBefore);
        second.close();

        try (var taken = new ServerSocket(postgresBefore.port(), 1, InetAddress.ofLiteral("127.0.0.1"));
                var third = Engines.start(light())) {
            assertThat(third.postgres().port()).isNotEqualTo(taken.getLocalPort());
            assertThat(third.clickHouse()).isEqualTo(before);
        }
    }

    @Test
    @DisplayName("refuse a directory that this process uses already")
    void inUse() {
        try (var running = Engines.start(light().withPorts(TestPorts.any()))) {
            assertThatThrownBy(() -> Engines.start(light()))
                    .isInstanceOf(EngineException.class)
                    .hasMessageContaining(
                            "in use by process " + ProcessHandle.current().pid())
                    .hasMessageNotContaining("\n");
            assertThat(running.all().values()).allMatch(Engine::isRunning);
        }
    }

    @Test
    @DisplayName("refuse a directory that cannot be made")
    void notWritable() throws Exception {
        Path file = Files.createFile(directory.resolve("file"));
        assertThatThrownBy(() -> Engines.start(EngineSettings.in(file.resolve("below"))))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("choose another data directory")
                .hasMessageNotContaining("\n");
    }

    @Test
    @DisplayName("are started again when they crash")
    void crash() {
        Map<EngineKind, Long> pids = new EnumMap<>(EngineKind.class);
        List<String> told = new CopyOnWriteArrayList<>();
        try (var engines = Engines.start(light().withPorts(TestPorts.any())
                .withProgress((engine, state, after) -> told.add(engine + " " + state)))) {
            engines.all().forEach((kind, engine) -> pids.put(kind, engine.pid()));

            pids.values().forEach(pid -> Processes.tree(pid).forEach(ProcessHandle::destroyForcibly));

            engines.all()
                    .forEach((kind, engine) -> await().atMost(Duration.ofSeconds(30))
                            .untilAsserted(() -> {
                                assertThat(engine.isRunning()).isTrue();
                                assertThat(engine.pid()).isNotEqualTo(pids.get(kind));
                            }));
        }
        assertThat(told).contains("CLICKHOUSE CRASHED", "POSTGRES CRASHED");
    }

    @Test
    @DisplayName("leave ClickHouse out when a server of one's own is named")
    void externalClickHouse() {
        try (var engines = Engines.start(light().withPorts(TestPorts.any()))) {
            var server = engines.clickHouse();
            var settings = new EngineSettings(
                    directory.resolve("other"),
                    EnumSet.of(EngineKind.CLICKHOUSE),
                    Map.of(),
                    0,
                    0,
                    Optional.of(server),
                    (engine, state, after) -> {});
            try (var others = Engines.start(settings)) {
                assertThat(others.all()).isEmpty();
                assertThat(others.clickHouse()).isEqualTo(server);
            }
        }
    }

    @Test
    @DisplayName("report a busy port in one line")
    void busyPort() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            int port = taken.getLocalPort();
            assertThatThrownBy(() -> FreePorts.requireFree(port, "Postgres"))
                    .isInstanceOf(EngineException.class)
                    .hasMessage("Port " + port + " for Postgres is in use by another program: stop that program or"
                            + " choose another port.");
        }
    }

    private EngineSettings light() {
        return EngineSettings.in(directory).withEngines(LIGHT);
    }

    private static void assertNoSecretOnCommandLines(Engines engines) {
        var users = engines.clickHouse().users();
        var secrets = List.of(
                users.admin().password(),
                users.writer().password(),
                users.gateway().password(),
                engines.postgres().credentials().password(),
                engines.s3().credentials().password());
        var commandLines = Processes.tree(ProcessHandle.current().pid()).stream()
                .map(process -> process.info().commandLine().orElse(""))
                .toList();
        assertThat(commandLines).hasSizeGreaterThan(EngineKind.values().length);
        for (String secret : secrets) {
            assertThat(commandLines).noneMatch(line -> line.contains(secret));
        }
    }
}
