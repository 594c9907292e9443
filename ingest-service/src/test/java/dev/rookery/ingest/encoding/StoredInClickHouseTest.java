package dev.rookery.ingest.encoding;

import static dev.rookery.ingest.encoding.LayoutColumn.at;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.clickhouse.types.ColumnType;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Whole rows into tables like a data source's, with defaults, and its quarantine's. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StoredInClickHouseTest {

    private final ReferenceServer server = new ReferenceServer("encoding_stored");

    @AfterAll
    void close() {
        server.close();
    }

    private Encoded.Blocks encoded(Layout layout, String body) {
        var blocks = new Encoded.Blocks();
        new NdjsonEncoder(layout, EncoderLimits.DEFAULT, InvalidLines.QUARANTINE)
                .encode(
                        body.getBytes(StandardCharsets.UTF_8),
                        BodyFormat.NDJSON,
                        new Acceptance(Instant.parse("2026-03-04T05:06:07Z"), "01JKQPWT8GVXAN5GJ1VBD4XM27"),
                        blocks);
        return blocks;
    }

    @Test
    @DisplayName("JP-14: ClickHouse evaluates a default that needs other columns, for missing and null alike")
    void defaults() {
        server.query("""
                CREATE TABLE %s.events (id UInt32, status String DEFAULT 'pending', raw String,
                    kind String DEFAULT JSONExtractString(raw, 'kind'), plain Int32)
                ENGINE = MergeTree ORDER BY id
                """.formatted(server.database()));
        var layout = Layout.of(
                at("$.id", "id", "UInt32", false),
                at("$.status", "status", "String", true),
                at("$", "raw", "String", false),
                at("$.no_such", "kind", "String", true),
                new LayoutColumn("plain", ColumnType.parse("Int32"), null, false, null));
        var blocks = encoded(
                layout,
                "{\"id\":1,\"kind\":\"a\"}\n{\"id\":2,\"status\":null,\"kind\":\"b\"}\n{\"id\":3,\"status\":\"\"}");
        assertThat(server.insert(
                        "events",
                        InsertFormat.ROWS,
                        InsertFormat.SETTINGS,
                        blocks.rows().getFirst().bytes()))
                .isEmpty();
        assertThat(server.query("SELECT id, status, kind, plain FROM %s.events ORDER BY id FORMAT JSONCompactEachRow"
                        .formatted(server.database())))
                .isEqualTo("""
                        [1, "pending", "a", 0]
                        [2, "pending", "b", 0]
                        [3, "", "", 0]
                        """);
    }

    @Test
    @DisplayName("QU-2: a quarantine table of the documented columns takes the quarantine blocks")
    void quarantine() {
        var layout = Layout.of(at("$.a", "a", "Int8", false), at("$.b", "b", "Array(String)", true));
        server.query("CREATE TABLE %s.events_quarantine (%s) ENGINE = MergeTree ORDER BY tuple()"
                .formatted(
                        server.database(),
                        layout.quarantineColumns().stream()
                                .map(column -> "`%s` %s"
                                        .formatted(column.name(), column.type().print()))
                                .collect(Collectors.joining(", "))));
        var blocks = encoded(layout, "{\"a\":300,\"b\":[\"x\" ]}\n{no json");
        assertThat(server.insert(
                        "events_quarantine",
                        InsertFormat.QUARANTINE,
                        Map.of(),
                        blocks.quarantine().getFirst().bytes()))
                .isEmpty();
        assertThat(server.query("SELECT * FROM %s.events_quarantine ORDER BY a NULLS LAST FORMAT JSONEachRow"
                        .formatted(server.database())))
                .startsWith("""
                        {"c__error_column":["a"],"c__error":["value '300' on column 'a' is not Int8"],\
                        "c__import_id":"01JKQPWT8GVXAN5GJ1VBD4XM27","a":"300","b":"[\\"x\\" ]",\
                        "insertion_date":"2026-03-04 05:06:07"}
                        {"c__error_column":[],"c__error":["not JSON:""")
                .contains(": {no json\"]");
    }
}
