package dev.rookery.engines.clickhouse;

import dev.rookery.engines.Engine;
import dev.rookery.engines.EngineException;
import dev.rookery.engines.EngineKind;
import dev.rookery.engines.Secrets;
import dev.rookery.engines.process.ChildJvm;
import dev.rookery.engines.process.ChildProcess;
import dev.rookery.engines.process.FreePorts;
import dev.rookery.engines.process.Launch;
import dev.rookery.engines.process.PrivateFiles;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.UUID;

/** One ClickHouse server in a process of its own, on loopback only. Several may run at once on different directories. */
public final class ClickHouseEngine extends Engine {
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Duration PROBE_INTERVAL = Duration.ofMillis(20);

    private final ClickHouseSettings settings;
    private final ClickHouseUsers users;
    private String identity = "";

    /**
     * A node that is not started yet. Its users' passwords are made for the directory and kept in it.
     *
     * @param home its directory
     * @param log the file for its output; the server's own log is written beside it
     * @param settings ports and sizes
     */
    public ClickHouseEngine(Path home, Path log, ClickHouseSettings settings) {
        this(home, log, settings, NodePasswords.of(home));
    }

    /**
     * A node with given users, as several nodes of one cluster need it.
     *
     * @param home its directory
     * @param log the file for its output; the server's own log is written beside it
     * @param settings ports and sizes
     * @param users the users it is to accept
     */
    public ClickHouseEngine(Path home, Path log, ClickHouseSettings settings, ClickHouseUsers users) {
        super(EngineKind.CLICKHOUSE, home, log);
        this.settings = settings;
        this.users = users;
    }

    /** How to reach the node. */
    public ClickHouseConnection connection() {
        return new ClickHouseConnection(
                URI.create("http://127.0.0.1:" + settings.httpPort()),
                OptionalInt.of(settings.tcpPort()),
                users,
                settings.rolePool());
    }

    @Override
    protected Launch prepare() {
        Path library = ClickHousePackage.library();
        FreePorts.requireFree(settings.httpPort(), "ClickHouse's HTTP interface");
        FreePorts.requireFree(settings.tcpPort(), "ClickHouse's native interface");
        identity = Secrets.next();
        Path logDirectory = log().resolveSibling(home().getFileName() + "-server");
        PrivateFiles.makeDirectory(logDirectory);
        PrivateFiles.write(home().resolve("config.xml"), ServerXml.text(settings, logDirectory, identity));
        PrivateFiles.write(home().resolve("users.xml"), UsersXml.text(users, settings.rolePool()));
        Path data = home().resolve("data");
        persistSystemDatabase(data);
        return ChildJvm.launch(
                ClickHouseNodeMain.class,
                ChildJvm.codeSource(ClickHouseNodeMain.class).toString(),
                List.of(
                        "-Xmx32m",
                        "-Xss512k",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:ReservedCodeCacheSize=16m",
                        "-XX:ErrorFile=" + log() + ".crash",
                        "--enable-native-access=ALL-UNNAMED"),
                List.of(
                        library.toString(),
                        data.toString(),
                        home().resolve("config.xml").toString(),
                        String.valueOf(settings.httpPort()),
                        String.valueOf(settings.tcpPort())),
                Map.of());
    }

    @Override
    protected void awaitReady(ChildProcess started) {
        var probe = new NodeProbe(settings.httpPort(), identity);
        long deadline = System.nanoTime() + START_LIMIT.toNanos();
        while (!probe.isAnswered()) {
            if (started.ended(PROBE_INTERVAL) || System.nanoTime() > deadline) {
                throw new EngineException(explain(started));
            }
        }
    }

    /**
     * Without this file the database "system" is kept in memory only, and its logs fail from the second start on.
     */
    private static void persistSystemDatabase(Path data) {
        Path file = data.resolve("metadata").resolve("system.sql");
        PrivateFiles.makeParent(file);
        if (!Files.exists(file)) {
            PrivateFiles.write(file, "ATTACH DATABASE _ UUID '" + UUID.randomUUID() + "' ENGINE = Atomic\n");
        }
    }

    private String explain(ChildProcess ended) {
        String output = ended.output();
        if (output.contains("Another server instance in same directory is already running")) {
            return "The ClickHouse data in " + home() + " is in use by another server: stop it and start again.";
        }
        if (output.contains("Address already in use")) {
            return FreePorts.busyMessage(settings.httpPort(), "ClickHouse");
        }
        return "ClickHouse did not start: " + ended.lastWords() + " (see " + log() + ")";
    }
}
