package dev.rookery.ingest.encoding;

import static dev.rookery.ingest.encoding.LayoutColumn.at;
import static dev.rookery.ingest.encoding.RowBinaryDecoder.DEFAULT;
import static dev.rookery.ingest.encoding.RowBinaryDecoder.NULL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.clickhouse.types.ColumnType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class BodiesTest {

    private static final Layout LAYOUT =
            Layout.of(at("$.date", "date", "Date", false), at("$.city", "city", "LowCardinality(String)", false));

    @Nested
    class Ndjson {

        @Test
        @DisplayName("EV-3: a batch, with or without a last line feed")
        void batch() {
            var body =
                    "{\"date\": \"2020-04-05\", \"city\": \"Chicago\"}\n{\"date\": \"2020-04-05\", \"city\": \"Madrid\"}\n";
            for (var text :
                    List.of(body, body.strip(), body.replace("\n", "\r\n"), "\uFEFF" + body, body.replace("\n", ""))) {
                var encoded = Encoded.body(LAYOUT, BodyFormat.NDJSON, text.getBytes(StandardCharsets.UTF_8));
                assertThat(encoded.rows()).extracting(row -> row.get("city")).containsExactly("Chicago", "Madrid");
                assertThat(encoded.counts().quarantinedRows()).isZero();
            }
        }

        @Test
        @DisplayName("an empty body and empty lines are no rows")
        void empty() {
            assertThat(Encoded.ndjson(LAYOUT, "").counts()).isEqualTo(new EncodeCounts(0, 0, 0, 0, 0));
            assertThat(Encoded.ndjson(LAYOUT, "", " \t", "\r", "").counts()).isEqualTo(new EncodeCounts(0, 0, 0, 3, 6));
        }

        @Test
        @DisplayName("good and bad lines in any order, however long the body: each keeps its own outcome")
        void anyOrder() {
            var layout = Layout.of(at("$.n", "n", "UInt32", false), at("$.s", "s", "String", true));
            var random = new java.util.Random(11);
            for (int round = 0; round < 20; round++) {
                var expected = new java.util.ArrayList<Object>();
                var body = new StringBuilder();
                int quarantined = 0;
                int misleading = round % 4 == 0 ? 1 : 40;
                for (int i = 0; i < 3_000; i++) {
                    int kind = random.nextInt(misleading) == 0 ? random.nextInt(8) : 0;
                    var good = "{\"n\":%d,\"s\":\"%s\",\"k%d\":{\"x\":[]}}"
                            .formatted(i, "é".repeat(random.nextInt(60)), i);
                    switch (kind) {
                        case 1 -> body.append("{\"n\":").append(i).append(",\"s\":{\"a\":[");
                        case 2 -> body.append("{\"n\":-1}");
                        case 3 -> body.append(good).append(" x");
                        case 4 -> body.append("  \t");
                        case 5 -> body.append(good, 0, good.length() - 1);
                        case 6 -> body.append(" ").append(good).append(" ").append(good);
                        case 7 -> body.append("{\"s\":\"open");
                        default -> body.append(good);
                    }
                    body.append('\n');
                    if (kind == 0 || kind == 3 || kind == 6) {
                        expected.add((long) i);
                    }
                    if (kind == 6) {
                        expected.add((long) i);
                    }
                    quarantined += kind == 0 || kind == 4 || kind == 6 ? 0 : 1;
                }
                var encoded =
                        Encoded.body(layout, BodyFormat.NDJSON, body.toString().getBytes(StandardCharsets.UTF_8));
                assertThat(encoded.rows()).extracting(row -> row.get("n")).isEqualTo(expected);
                assertThat(encoded.counts().quarantinedRows()).isEqualTo(quarantined);
            }
        }

        @Test
        @DisplayName("EV-10: an object over several lines needs format=json")
        void multiLine() {
            var pretty = "{\n  \"date\": \"2020-04-05\",\n  \"city\": \"Chicago\"\n}";
            assertThat(Encoded.ndjson(LAYOUT, pretty).rows()).isEmpty();
            assertThat(Encoded.json(LAYOUT, pretty).row()).containsEntry("city", "Chicago");
        }
    }

    @Nested
    class Json {

        @Test
        @DisplayName("EV-10: an array of objects is as many rows")
        void array() {
            var encoded = Encoded.json(
                    LAYOUT,
                    "[{\"date\":\"2020-04-05\",\n\"city\":\"a\"}, 5,\n{\"date\":\"2020-04-05\",\"city\":\"b\"}]");
            assertThat(encoded.rows()).extracting(row -> row.get("city")).containsExactly("a", "b");
            assertThat(encoded.counts().invalidLines()).isEqualTo(1);
        }

        @Test
        @DisplayName("rows before a syntax error are stored, the rest is one invalid text")
        void syntaxError() {
            var encoded = Encoded.json(LAYOUT, "[{\"date\":\"2020-04-05\",\"city\":\"a\"}, {\"date\"");
            assertThat(encoded.counts().successfulRows()).isEqualTo(1);
            assertThat(encoded.counts().invalidLines()).isEqualTo(1);
        }
    }

    @Nested
    class Defaults {

        @Test
        @DisplayName("JP-14: the default is used for missing and for null")
        void missingAndNull() {
            var layout = Layout.of(
                    at("$.a", "a", "Int32", true),
                    at("$.b", "b", "Nullable(String)", true),
                    at("$.c", "c", "Nullable(String)", false));
            assertThat(Encoded.ndjson(layout, "{}").row()).isEqualTo(Map.of("a", DEFAULT, "b", DEFAULT, "c", NULL));
            assertThat(Encoded.ndjson(layout, "{\"a\":null,\"b\":null,\"c\":null}")
                            .row())
                    .isEqualTo(Map.of("a", DEFAULT, "b", DEFAULT, "c", NULL));
            assertThat(Encoded.ndjson(layout, "{\"c\":\"x\",\"b\":\"\",\"a\":0}")
                            .row())
                    .isEqualTo(Map.of("a", 0L, "b", "", "c", "x"));
        }

        @Test
        @DisplayName("JP-16: a column without a path always has its default")
        void withoutPath() {
            var column = new LayoutColumn("t", ColumnType.parse("AggregateFunction(count)"), null, false, null);
            assertThat(Encoded.ndjson(Layout.of(column), "{\"t\":1}").row()).containsEntry("t", DEFAULT);
        }

        @Test
        @DisplayName("ALGORITHMS 4: now() is decided at acceptance, where the value is missing")
        void acceptanceTime() {
            AcceptanceValue now = acceptance -> ByteBuffer.allocate(4)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putInt((int) acceptance.at().getEpochSecond())
                    .array();
            var layout = Layout.of(new LayoutColumn(
                    "t", ColumnType.parse("DateTime"), JsonPath.parse("$.tinybirdIngestTime"), true, now));
            assertThat(Encoded.ndjson(layout, "{}").row()).containsEntry("t", Instant.parse("2026-03-04T05:06:07Z"));
            assertThat(Encoded.ndjson(layout, "{\"tinybirdIngestTime\":\"2020-01-01\"}")
                            .row())
                    .containsEntry("t", Instant.parse("2020-01-01T00:00:00Z"));
        }
    }

    @Nested
    class Blocks {

        @Test
        @DisplayName("rows arrive in order, in blocks within the limits")
        void limits() {
            var layout = Layout.of(at("$.n", "n", "UInt32", false), at("$.s", "s", "String", true));
            var body = new StringBuilder();
            for (int i = 0; i < 1000; i++) {
                body.append("{\"n\":")
                        .append(i)
                        .append(",\"s\":\"")
                        .append("x".repeat(i % 50))
                        .append("\"}\n");
            }
            var blocks = new Encoded.Blocks();
            var counts = new NdjsonEncoder(layout, new EncoderLimits(512, 20, 100_000), InvalidLines.QUARANTINE)
                    .encode(
                            body.toString().getBytes(StandardCharsets.UTF_8),
                            BodyFormat.NDJSON,
                            Encoded.ACCEPTANCE,
                            blocks);
            assertThat(counts.successfulRows()).isEqualTo(1000);
            assertThat(blocks.rows()).allSatisfy(block -> {
                assertThat(block.bytes().length).isLessThanOrEqualTo(512);
                assertThat(block.rows()).isBetween(1, 20);
            });
            assertThat(blocks.rows().stream()
                            .flatMap(block -> RowBinaryDecoder.rows(layout, block).stream())
                            .map(row -> row.get("n")))
                    .containsExactlyElementsOf(
                            java.util.stream.LongStream.range(0, 1000).boxed().toList());
        }

        @Test
        @DisplayName("a row larger than a block is a block of its own")
        void largeRow() {
            var layout = Layout.of(at("$.s", "s", "String", false));
            var blocks = new Encoded.Blocks();
            var body = "{\"s\":\"a\"}\n{\"s\":\"%s\"}\n{\"s\":\"b\"}".formatted("x".repeat(5000));
            new NdjsonEncoder(layout, new EncoderLimits(100, 20, 100_000), InvalidLines.QUARANTINE)
                    .encode(body.getBytes(StandardCharsets.UTF_8), BodyFormat.NDJSON, Encoded.ACCEPTANCE, blocks);
            assertThat(blocks.rows()).extracting(EncodedBlock::rows).containsExactly(1, 1, 1);
        }
    }
}
