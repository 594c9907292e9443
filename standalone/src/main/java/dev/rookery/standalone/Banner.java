package dev.rookery.standalone;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/** How to go on, once everything is ready. */
final class Banner {
    private Banner() {}

    static void print(Console console, Path data, Standalone standalone, Duration took) {
        int port = standalone.port();
        int clickHousePort = standalone.clickHousePort();
        console.line(String.format(
                Locale.ROOT,
                """

                Rookery is ready in %.1f s, with %d MiB of memory in use.

                  API                   http://localhost:%d
                  ClickHouse interface  http://localhost:%d
                  API docs              http://localhost:%d/docs
                  Tokens                http://localhost:%d/tokens
                  Engines               %s
                """,
                Console.seconds(took),
                standalone.residentBytes() >> 20,
                port,
                clickHousePort,
                port,
                port,
                data.resolve("engines.json")));
        console.line("""
                Try it:
                  TOKEN=$(curl -s http://localhost:%1$d/tokens | sed 's/.*"workspace_admin_token":"\\([^"]*\\)".*/\\1/')
                  curl -H "Authorization: Bearer $TOKEN" 'http://localhost:%1$d/v0/sql' --data 'SELECT 1 AS it_works'
                  curl -H "X-ClickHouse-Key: $TOKEN" 'http://localhost:%2$d/?query=SELECT+version()'

                The embedded ClickHouse is below the safe minimum for production; rookery.clickhouse.allow-unsafe-version
                is set, because it serves this machine only. Press Ctrl-C to stop.
                """.formatted(port, clickHousePort));
    }
}
