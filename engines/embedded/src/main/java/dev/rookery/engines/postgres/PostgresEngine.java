package dev.rookery.engines.postgres;

import dev.rookery.engines.Credentials;
import dev.rookery.engines.Engine;
import dev.rookery.engines.EngineException;
import dev.rookery.engines.EngineKind;
import dev.rookery.engines.process.ChildProcess;
import dev.rookery.engines.process.FreePorts;
import dev.rookery.engines.process.Launch;
import dev.rookery.engines.process.StoredSecrets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A Postgres server as a child process, on loopback TCP only, with one superuser. Works as root too. */
public final class PostgresEngine extends Engine {
    private static final String SUPERUSER = "postgres";
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Duration PROBE_INTERVAL = Duration.ofMillis(20);

    private final int port;
    private final boolean durable;
    private final Credentials credentials;

    /**
     * A server that is not started yet. The superuser's password is made for the directory and kept in it.
     *
     * @param home its directory
     * @param log the file for its output
     * @param port where clients connect
     * @param durable whether commits survive a power cut; false is faster and only for tests
     */
    public PostgresEngine(Path home, Path log, int port, boolean durable) {
        super(EngineKind.POSTGRES, home, log);
        this.port = port;
        this.durable = durable;
        this.credentials =
                new Credentials(SUPERUSER, StoredSecrets.in(home, SUPERUSER).get(SUPERUSER));
    }

    /** How to reach the database {@code postgres} as superuser. */
    public PostgresConnection connection() {
        return new PostgresConnection("127.0.0.1", port, SUPERUSER, credentials);
    }

    @Override
    protected Launch prepare() {
        Path cluster = home().resolve("cluster");
        // A server that lost its parent to SIGKILL may still hold the port as well as the data.
        PostgresOrphan.of(cluster).stop();
        FreePorts.requireFree(port, "Postgres");
        Path programs = PostgresPackage.unpacked().resolve("bin");
        Unprivileged account = Unprivileged.forDirectory(home());
        if (!cluster.toFile().exists()) {
            new ClusterCreation(programs, account, log()).create(cluster, credentials);
        }
        var server = new ArrayList<>(account.command(List.of(
                programs.resolve("postgres").toString(), "-D", cluster.toString(), "-p", String.valueOf(port))));
        options().forEach((name, value) -> server.addAll(List.of("-c", name + "=" + value)));
        return new Launch(PostgresWatchdog.command(server), Map.of("LC_ALL", "C"), "");
    }

    @Override
    protected void awaitReady(ChildProcess started) {
        var pidFile = new PostmasterFile(home().resolve("cluster"));
        long deadline = System.nanoTime() + START_LIMIT.toNanos();
        while (!pidFile.isReady()) {
            if (started.ended(PROBE_INTERVAL) || System.nanoTime() > deadline) {
                throw new EngineException(explain(started));
            }
        }
    }

    private Map<String, String> options() {
        // Commits stay synchronous in any case: without that a mere kill of the process loses acknowledged rows.
        String sync = durable ? "on" : "off";
        return Map.of(
                "listen_addresses", "127.0.0.1",
                "unix_socket_directories", "",
                "max_connections", "200",
                "shared_buffers", "64MB",
                "fsync", sync,
                "full_page_writes", sync,
                "jit", "off",
                "log_timezone", "UTC",
                "timezone", "UTC");
    }

    private String explain(ChildProcess ended) {
        String output = ended.output();
        if (output.contains("Address already in use")) {
            return FreePorts.busyMessage(port, "Postgres");
        }
        return "Postgres did not start: " + ended.lastWords() + " (see " + log() + ")";
    }
}
