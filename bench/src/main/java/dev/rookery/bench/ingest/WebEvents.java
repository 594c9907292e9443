package dev.rookery.bench.ingest;

import dev.rookery.ingest.encoding.Layout;
import dev.rookery.ingest.encoding.LayoutColumn;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;

/** Page views of a shop: 12 columns, about 440 bytes of JSON each. The same for the same seed. */
final class WebEvents {
    private record Column(String name, String type) {}

    private static final List<Column> COLUMNS = List.of(
            new Column("timestamp", "DateTime64(3)"),
            new Column("session_id", "String"),
            new Column("user_id", "UInt64"),
            new Column("action", "LowCardinality(String)"),
            new Column("url", "String"),
            new Column("referrer", "String"),
            new Column("user_agent", "String"),
            new Column("locale", "LowCardinality(String)"),
            new Column("country", "LowCardinality(String)"),
            new Column("device", "LowCardinality(String)"),
            new Column("duration_ms", "UInt32"),
            new Column("scroll", "Float64"));

    private static final String[] ACTIONS = {"page_hit", "click", "add_to_cart", "checkout"};
    private static final String[] LOCALES = {"en-GB", "en-US", "de-DE", "fr-FR", "ja-JP"};
    private static final String[] COUNTRIES = {"GB", "US", "DE", "FR", "JP", "BR"};
    private static final String[] DEVICES = {"desktop", "mobile-ios", "mobile-android", "bot"};
    private static final String[] REFERRERS = {
        "https://www.google.com/", "https://news.ycombinator.com/item?id=40000000", "", "https://t.co/abcdefghij"
    };
    private static final String[] AGENTS = {
        "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148",
        "Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0"
    };
    private static final long FIRST = Instant.parse("2026-03-01T00:00:00Z").toEpochMilli();

    private WebEvents() {}

    /** The data source's datafile. */
    static String datafile() {
        return "SCHEMA >\n"
                + COLUMNS.stream()
                        .map(column -> "    `%1$s` %2$s `json:$.%1$s`".formatted(column.name(), column.type()))
                        .collect(Collectors.joining(",\n"))
                + "\n\nENGINE \"MergeTree\"\nENGINE_SORTING_KEY \"action, timestamp\"\n";
    }

    /** The same columns for a table. */
    static String ddl() {
        return COLUMNS.stream()
                .map(column -> "`%s` %s".formatted(column.name(), column.type()))
                .collect(Collectors.joining(", "));
    }

    /** The same columns for an encoder. */
    static Layout layout() {
        return Layout.of(COLUMNS.stream()
                .map(column -> LayoutColumn.at("$." + column.name(), column.name(), column.type(), false))
                .toArray(LayoutColumn[]::new));
    }

    /** So many lines. */
    static byte[] ndjson(long seed, int rows) {
        var random = new Random(seed);
        StringBuilder lines = new StringBuilder(rows * 450);
        for (int i = 0; i < rows; i++) {
            appendLine(random, lines);
        }
        return lines.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void appendLine(Random random, StringBuilder to) {
        to.append("{\"timestamp\":\"")
                .append(Instant.ofEpochMilli(FIRST + random.nextInt(86_400_000)))
                .append("\",\"session_id\":\"")
                .append(new UUID(random.nextLong(), random.nextLong()))
                .append("\",\"user_id\":")
                .append(random.nextInt(10_000_000))
                .append(",\"action\":\"")
                .append(any(random, ACTIONS))
                .append("\",\"url\":\"https://shop.example.com/products/")
                .append(random.nextInt(100_000))
                .append("?utm_source=mail&page=")
                .append(random.nextInt(40))
                .append("\",\"referrer\":\"")
                .append(any(random, REFERRERS))
                .append("\",\"user_agent\":\"")
                .append(any(random, AGENTS))
                .append("\",\"locale\":\"")
                .append(any(random, LOCALES))
                .append("\",\"country\":\"")
                .append(any(random, COUNTRIES))
                .append("\",\"device\":\"")
                .append(any(random, DEVICES))
                .append("\",\"duration_ms\":")
                .append(random.nextInt(120_000))
                .append(",\"scroll\":")
                .append(random.nextInt(10_000) / 10_000.0)
                .append("}\n");
    }

    private static String any(Random random, String[] values) {
        return values[random.nextInt(values.length)];
    }
}
