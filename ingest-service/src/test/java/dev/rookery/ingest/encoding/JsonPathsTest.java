package dev.rookery.ingest.encoding;

import static dev.rookery.ingest.encoding.LayoutColumn.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonPathsTest {

    private static Object value(String path, String type, String row) {
        return Encoded.ndjson(Layout.of(at(path, "v", type, false)), row).row().getOrDefault("v", "");
    }

    @Nested
    class Finds {

        @Test
        @DisplayName("JP-2: a base field")
        void baseField() {
            assertThat(value("$.field", "String", "{\"field\":\"test\"}")).isEqualTo("test");
        }

        @Test
        @DisplayName("JP-3: a nested field, at any depth")
        void nestedField() {
            assertThat(value("json:$.nested.nested_field", "String", "{\"nested\":{\"nested_field\":\"bla\"}}"))
                    .isEqualTo("bla");
            assertThat(value("$.a.b.c.d", "Int8", "{\"x\":{},\"a\":{\"b\":{\"z\":[{}],\"c\":{\"d\":1}}}}"))
                    .isEqualTo(1L);
        }

        @Test
        @DisplayName("JP-4: the elements of an array")
        void array() {
            assertThat(value("$.an_array[:]", "Array(Int16)", "{\"an_array\":[1,2,3]}"))
                    .isEqualTo(List.of(1L, 2L, 3L));
        }

        @Test
        @DisplayName("JP-5: an array inside an object")
        void arrayInsideObject() {
            assertThat(value(
                            "$.a_nested_array.nested_array[:]",
                            "Array(Int16)",
                            "{\"a_nested_array\":{\"nested_array\":[1,2,3]}}"))
                    .isEqualTo(List.of(1L, 2L, 3L));
        }

        @Test
        @DisplayName("JP-6: the whole record, byte for byte, beside other columns")
        void wholeRecord() {
            var layout = Layout.of(at("$", "data", "String", false), at("$.a", "a", "Int32", false));
            var row = "{ \"a\" : 1, \"b\":[1 , \"é\\n\"] }";
            assertThat(Encoded.ndjson(layout, "  " + row + " ").row()).isEqualTo(Map.of("data", row, "a", 1L));
        }

        @Test
        @DisplayName("JP-7: keys with dots")
        void keysWithDots() {
            var row = "{\"attributes\":{\"otel.attributes\":{\"cli_command\":\"datasource ls\"}}}";
            for (var path : List.of(
                    "$.attributes.['otel.attributes'].cli_command", "$.attributes['otel.attributes'].cli_command")) {
                assertThat(value(path, "String", row)).isEqualTo("datasource ls");
            }
        }

        @Test
        @DisplayName("JP-8, JP-9: keys with dashes and hashes need no brackets")
        void keysWithDashesAndHashes() {
            assertThat(value("$.event-data.event", "String", "{\"event-data\":{\"event\":\"opened\"}}"))
                    .isEqualTo("opened");
            assertThat(value("$.Item_type#Id", "String", "{\"Item_type#Id\":\"x\"}"))
                    .isEqualTo("x");
        }

        @Test
        @DisplayName("JP-10: an object whole and by its parts at once")
        void objectWholeAndByParts() {
            var layout = Layout.of(
                    at("$.meta.organization", "org", "String", false),
                    at("$.meta", "meta", "String", false),
                    at("$.meta", "again", "Map(String, String)", false),
                    at("$.meta", "json", "JSON", false));
            var meta = "{\"organization\":\"acme\",\"n\":1}";
            assertThat(Encoded.ndjson(layout, "{\"meta\":" + meta + "}").row())
                    .isEqualTo(Map.of(
                            "org",
                            "acme",
                            "meta",
                            meta,
                            "again",
                            Map.of("organization", "acme", "n", "1"),
                            "json",
                            meta));
        }

        @Test
        @DisplayName("JP-11: arrays of objects, as maps and as texts")
        void arraysOfObjects() {
            var row = "{\"messages\":[{\"role\":\"user\",\"n\":1},{\"role\":\"bot\"}]}";
            assertThat(value("$.messages[:]", "Array(Map(String, String))", row))
                    .isEqualTo(List.of(Map.of("role", "user", "n", "1"), Map.of("role", "bot")));
            assertThat(value("$.messages[:]", "Array(String)", row))
                    .isEqualTo(List.of("{\"role\":\"user\",\"n\":1}", "{\"role\":\"bot\"}"));
        }

        @Test
        @DisplayName("JP-12: an object into a map")
        void objectIntoMap() {
            assertThat(value("$.headers", "Map(String, String)", "{\"headers\":{\"a\":\"b\",\"c\":\"d\"}}"))
                    .isEqualTo(Map.of("a", "b", "c", "d"));
        }

        @Test
        @DisplayName("JP-13: an object into the JSON type, as its text")
        void objectIntoJson() {
            assertThat(value("$", "JSON(max_dynamic_types=2, max_dynamic_paths=16)", "{\"a\":{\"b\":1}}"))
                    .isEqualTo("{\"a\":{\"b\":1}}");
        }

        @Test
        @DisplayName("SI-4: one key of each element of an array of objects")
        void keyOfEachElement() {
            var row = "{\"records\":[{\"data\":\"a\"},{\"x\":1},{\"data\":\"b\",\"x\":{\"data\":2}},7]}";
            assertThat(value("$.records[:].data", "Array(String)", row)).isEqualTo(List.of("a", "", "b", ""));
            assertThat(value("$.records[:].x.data", "Array(Nullable(Int8))", row))
                    .isEqualTo(List.of(RowBinaryDecoder.NULL, RowBinaryDecoder.NULL, 2L, RowBinaryDecoder.NULL));
        }

        @Test
        @DisplayName("escaped keys")
        void escapedKeys() {
            assertThat(value("$.naïve", "Int8", "{\"na\\u00efve\":1}")).isEqualTo(1L);
        }
    }

    @Nested
    class Refuses {

        @ParameterizedTest
        @ValueSource(strings = {"", "a", "$a", "$.", "$.a..b", "$.a[0]", "$.a['b", "$.a[:][:]", "$.a[:].b[:]"})
        @DisplayName("JP-5: what is no path, and arrays of arrays")
        void whatIsNoPath(String path) {
            assertThatThrownBy(() -> JsonPath.parse(path)).isInstanceOf(LayoutException.class);
        }
    }
}
