package dev.rookery.engines.postgres;

import java.util.ArrayList;
import java.util.List;

/**
 * A shell that runs the server and shuts it down when its own standard input ends, which is when the JVM that started
 * it dies, or on SIGTERM. Postgres itself does not look after its parent.
 */
final class PostgresWatchdog {
    // SIGINT is Postgres's fast shutdown: sessions are cut, everything is written. A second loop round is needed as a
    // trapped signal ends "wait" before the server has ended.
    private static final String SCRIPT = """
            exec 3<&0
            "$@" </dev/null 3<&- &
            server=$!
            trap 'kill -INT $server' TERM
            trap '' INT
            { cat <&3 >/dev/null; kill -INT $server; } 2>/dev/null &
            watch=$!
            exec 3<&-
            while kill -0 $server 2>/dev/null; do wait $server; done
            kill -KILL $watch 2>/dev/null
            """;

    private PostgresWatchdog() {}

    static List<String> command(List<String> server) {
        var command = new ArrayList<>(List.of("sh", "-c", SCRIPT, "postgres-watchdog"));
        command.addAll(server);
        return command;
    }
}
