package dev.rookery.engines.clickhouse;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * One ClickHouse server, run by the shared library that holds it, in a process of its own.
 *
 * <p>Arguments: the library's path, the data directory, the configuration file, the HTTP port and the native TCP port.
 * The library is told that its standard input is a terminal: only then does it treat an exception in a connection as
 * an error to log; otherwise a client that closes its connection in mid-request, or logs in with a wrong password,
 * ends the process.
 *
 * <p>Ends cleanly on SIGTERM, and when the standard input it was started with ends, which is when the parent dies.
 */
public final class ClickHouseNodeMain {
    private static final long CLEAN_END_LIMIT_MILLIS = 7_000;

    private ClickHouseNodeMain() {}

    /**
     * Runs the server until SIGTERM or the end of standard input.
     *
     * @param arguments see the class
     */
    public static void main(String[] arguments) {
        var terminal = PseudoTerminal.replacingStandardInput();
        var library = new ClickHouseLibrary(Path.of(arguments[0]));
        Thread server = Thread.ofPlatform().name("clickhouse").start(() -> {
            library.run(
                    "clickhouse",
                    "--interactive",
                    "--path=" + arguments[1],
                    "--config-file=" + arguments[2],
                    "--listen_host=127.0.0.1",
                    "--http_port=" + arguments[3],
                    "--tcp_port=" + arguments[4],
                    "--query",
                    "SYSTEM START LISTEN HTTP; SYSTEM START LISTEN TCP");
            // The library's own exit handlers crash now and then; by now everything is flushed.
            Runtime.getRuntime().halt(0);
        });
        Runtime.getRuntime().addShutdownHook(new Thread(() -> leave(terminal, server), "shutdown"));
        Thread.ofPlatform().daemon().name("terminal").start(terminal::drain);
        Thread.ofPlatform().daemon().name("parent-watch").start(() -> {
            terminal.awaitEndOfOriginalInput();
            System.exit(0);
        });
    }

    private static void leave(PseudoTerminal terminal, Thread server) {
        CompletableFuture.delayedExecutor(CLEAN_END_LIMIT_MILLIS, TimeUnit.MILLISECONDS)
                .execute(() -> Runtime.getRuntime().halt(1));
        terminal.type("exit\r");
        try {
            server.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
