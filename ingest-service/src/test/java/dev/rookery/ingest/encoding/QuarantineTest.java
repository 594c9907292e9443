package dev.rookery.ingest.encoding;

import static dev.rookery.ingest.encoding.LayoutColumn.at;
import static dev.rookery.ingest.encoding.RowBinaryDecoder.NULL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.InstanceOfAssertFactories.map;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuarantineTest {

    private static final Layout CARS = Layout.of(
            at("$.postal_code", "postal_code", "Int64", false),
            at("$.legislative_district", "legislative_district", "Int16", false),
            at("$.c_2020_census_tract", "c_2020_census_tract", "Int64", false),
            at("$.make", "make", "String", false));

    @Nested
    class RowThatDoesNotFit {

        @Test
        @DisplayName("QU-4, QU-5: every bad column has its message, in the documented words")
        void everyBadColumn() {
            var encoded = Encoded.ndjson(
                    CARS,
                    "{\"postal_code\":\"\",\"legislative_district\":\"\",\"make\":\"TESLA\",\"c_2020_census_tract\":\"\"}");
            assertThat(encoded.quarantine().getFirst())
                    .contains(
                            entry(
                                    "c__error_column",
                                    List.of("postal_code", "legislative_district", "c_2020_census_tract")),
                            entry(
                                    "c__error",
                                    List.of(
                                            "value '' on column 'postal_code' is not Int64",
                                            "value '' on column 'legislative_district' is not Int16",
                                            "value '' on column 'c_2020_census_tract' is not Int64")));
        }

        @Test
        @DisplayName("QU-2, QU-3: keeps the row's values as text, the import id and the date")
        void keepsValues() {
            var encoded = Encoded.ndjson(
                    CARS,
                    "{\"make\":\"caf\\u00e9\",\"postal_code\":98101,\"legislative_district\":[1, 2],"
                            + "\"c_2020_census_tract\":null}");
            assertThat(encoded.quarantine())
                    .singleElement(map(String.class, Object.class))
                    .containsExactly(
                            entry("c__error_column", List.of("legislative_district", "c_2020_census_tract")),
                            entry(
                                    "c__error",
                                    List.of(
                                            "value '[1, 2]' on column 'legislative_district' is not Int16",
                                            "value 'null' on column 'c_2020_census_tract' is not Int64")),
                            entry("c__import_id", NULL),
                            entry("postal_code", "98101"),
                            entry("legislative_district", "[1, 2]"),
                            entry("c_2020_census_tract", NULL),
                            entry("make", "café"),
                            entry("insertion_date", Instant.parse("2026-03-04T05:06:07Z")));
        }

        @Test
        @DisplayName("QU-7: good rows of the same body are stored, and both are counted")
        void goodRowsAreStored() {
            var good = "{\"postal_code\":1,\"legislative_district\":2,\"c_2020_census_tract\":3,\"make\":\"x\"}";
            var encoded = Encoded.ndjson(CARS, good, "{\"make\":1}", good, good.replace(":2", ":40000"));
            assertThat(encoded.counts())
                    .isEqualTo(new EncodeCounts(2, 2, 0, 0, encoded.counts().bytes()));
            assertThat(encoded.rows())
                    .hasSize(2)
                    .allSatisfy(row -> assertThat(row).containsEntry("make", "x"));
        }

        @Test
        @DisplayName("JP-17: missing, non-null and without default")
        void missing() {
            assertThat(Encoded.ndjson(
                                    Layout.of(at("$.response.id", "response_id", "String", false)),
                                    "{\"error\":\"no answer\"}")
                            .errors())
                    .isEqualTo(List.of("value 'null' on column 'response_id' is not String"));
        }

        @Test
        @DisplayName("a wanted key that is there twice")
        void duplicateKey() {
            var layout = Layout.of(at("$.a", "a", "Int8", false), at("$.b", "b", "Int8", true));
            assertThat(Encoded.ndjson(layout, "{\"a\":1,\"b\":2,\"a\":1}").errors())
                    .isEqualTo(List.of("value '' on column 'a' is not Int8"));
            assertThat(Encoded.ndjson(layout, "{\"a\":1,\"x\":1,\"x\":1}").row())
                    .containsEntry("a", 1L);
        }

        @Test
        @DisplayName("QU-13: a row over the limit, without its values")
        void tooLong() {
            var limits = new EncoderLimits(1 << 20, 10, 200_000);
            var layout = Layout.of(at("$.a", "a", "String", false));
            var body = "{\"a\":\"%s\"}\n{\"a\":\"x\"}".formatted("y".repeat(300_000));
            var encoded = Encoded.body(layout, limits, BodyFormat.NDJSON, body.getBytes(StandardCharsets.UTF_8));
            assertThat(encoded.rows()).hasSize(1);
            assertThat(encoded.quarantine())
                    .singleElement(map(String.class, Object.class))
                    .containsEntry("c__error", List.of("row is longer than 200000 bytes"));
        }
    }

    @Nested
    class TextThatIsNoRow {

        private static final Layout LAYOUT = Layout.of(at("$.a", "a", "Int8", false));

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{\"a\":1",
                    "{\"a\":1,}",
                    "{'a':1}",
                    "{\"a\":007}",
                    "{\"a\":nan}",
                    "{\"a\":\"\t\"}",
                    "{\"a\":+1}",
                    "x",
                    "1",
                    "null",
                    "\"x\"",
                    "[1]",
                    "[{\"a\":1}]",
                    "{\"b\":\"\\x\",\"a\":1}",
                    "{\"a\":tru}",
                })
        @DisplayName("DS-10: is counted, kept with its text, and its neighbours are stored")
        void isKept(String line) {
            var encoded = Encoded.ndjson(LAYOUT, "{\"a\":1}", line, "{\"a\":2}");
            assertThat(encoded.counts())
                    .isEqualTo(new EncodeCounts(2, 1, 1, 0, encoded.counts().bytes()));
            assertThat(encoded.quarantine())
                    .singleElement(map(String.class, Object.class))
                    .containsEntry("c__error_column", List.of())
                    .hasEntrySatisfying(
                            "c__error", errors -> assertThat(errors.toString()).contains(line));
        }

        @Test
        @DisplayName("bytes that are not UTF-8")
        void notUtf8() {
            for (var bad :
                    new byte[][] {{(byte) 0xFF}, {(byte) 0xC0, (byte) 0x80}, {(byte) 0xED, (byte) 0xA0, (byte) 0x80}}) {
                var body = "{\"z\":\"?\",\"a\":1}\n{\"a\":2}".getBytes(StandardCharsets.UTF_8);
                var bytes = new byte[body.length + bad.length - 1];
                System.arraycopy(body, 0, bytes, 0, 6);
                System.arraycopy(bad, 0, bytes, 6, bad.length);
                System.arraycopy(body, 7, bytes, 6 + bad.length, body.length - 7);
                var encoded = Encoded.body(LAYOUT, BodyFormat.NDJSON, bytes);
                assertThat(encoded.counts().invalidLines()).isEqualTo(1);
                assertThat(encoded.counts().successfulRows()).isEqualTo(1);
            }
        }

        @Test
        @DisplayName("nesting beyond the limit")
        void tooDeep() {
            var deep = "{\"a\":1,\"b\":%s%s}".formatted("[".repeat(2_000), "]".repeat(2_000));
            assertThat(Encoded.ndjson(LAYOUT, deep).counts().invalidLines()).isEqualTo(1);
        }

        @Test
        @DisplayName("QU-16: an import only counts it")
        void onlyCounted() {
            var blocks = new Encoded.Blocks();
            var counts = new NdjsonEncoder(LAYOUT, EncoderLimits.DEFAULT, InvalidLines.COUNT)
                    .encode(
                            "x\n{\"a\":\"\"}".getBytes(StandardCharsets.UTF_8),
                            BodyFormat.NDJSON,
                            new Acceptance(Instant.EPOCH, "01JKQPWT8GVXAN5GJ1VBD4XM27"),
                            blocks);
            assertThat(counts).isEqualTo(new EncodeCounts(0, 1, 1, 0, counts.bytes()));
            assertThat(RowBinaryDecoder.quarantine(LAYOUT, blocks.quarantine().getFirst()))
                    .singleElement(map(String.class, Object.class))
                    .containsEntry("c__import_id", "01JKQPWT8GVXAN5GJ1VBD4XM27");
        }
    }
}
