package dev.rookery.ingest.encoding;

import static dev.rookery.ingest.encoding.LayoutColumn.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pins the package's list of differences from ClickHouse's JSONEachRow, and the values nearest to them. */
class DeliberateDifferencesTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    Int8 | 128
                    Int8 | -129
                    UInt8 | 256
                    UInt8 | "-1"
                    Int64 | 9223372036854775808
                    UInt64 | 18446744073709551616
                    Int128 | 170141183460469231731687303715884105728
                    UInt256 | -1
                    Int32 | ""
                    Float64 | ""
                    Decimal(9, 3) | ""
                    Decimal(9, 3) | "."
                    Decimal(9, 3) | 1234567
                    Date | "2024-02-30"
                    Date | "2024-13-01"
                    Date | "2149-06-07"
                    Date | 65536
                    Date32 | "2300-01-01"
                    DateTime | "2106-02-07 06:28:16"
                    DateTime | "1969-12-31 23:59:59"
                    DateTime | 1704164645678
                    DateTime64(9) | "2262-04-11 23:47:17"
                    Time | "1000:00:00"
                    String | "\\ud83d"
                    String | "\\udc00"
                    IPv6 | "1:::2"
                    Enum8('a' = 1) | "b"
                    Array(Enum8('a' = 1)) | [null]
                    JSON | {"a":18446744073709551616}
                    JSON | {"a":1e400}
                    JSON | {"a":["\\ud83d"]}
                    Bool | "true"
                    Array(Int8) | [1, 300]
                    Map(String, Int8) | {"a":1,"b":300}
                    Tuple(a Int8) | {"a":300}
                    """)
    @DisplayName("are quarantined")
    void quarantined(String type, String json) {
        assertThat(Encoded.ndjson(Layout.of(at("$.v", "v", type, false)), "{\"v\":" + json + "}")
                        .quarantine())
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    Int8 | -128 | -128
                    UInt64 | "18446744073709551615" | 18446744073709551615
                    Int256 | -1 | -1
                    Int128 | "170141183460469231731687303715884105727" | 170141183460469231731687303715884105727
                    Int32 | true | 1
                    Int64 | "9007199254740993" | 9007199254740993
                    Decimal(9, 3) | -1.9999 | -1.999
                    Decimal(76, 20) | 12345678901234567890123456789012345678901234567890.5 | 12345678901234567890123456789012345678901234567890.50000000000000000000
                    Float64 | "-inf" | -Infinity
                    Date | "2149-06-06" | 2149-06-06
                    DateTime | "2024-01-01T00:00:00Z" | 2024-01-01T00:00:00Z
                    DateTime | "2024-01-01T00:00:00.999+02:00" | 2023-12-31T22:00:00Z
                    DateTime | "2106-02-07 06:28:15" | 2106-02-07T06:28:15Z
                    DateTime64(3) | "2024-01-02T03:04:05.6789Z" | 1704164645678
                    DateTime64(3) | 1704164645678 | 1704164645678
                    DateTime64(9) | "2262-04-11 23:47:16.854775807" | 9223372036854775807
                    Time64(3) | "-01:00:00.5" | -3600500
                    UUID | "61f0c4045cb311e7907ba6006ad3dba0" | 61f0c404-5cb3-11e7-907b-a6006ad3dba0
                    String | 1.50 | 1.50
                    String | "\\ud83d\\ude00" | 😀
                    Array(Int8) | [1, null] | [1, 0]
                    Tuple(a Int8, b String) | {"b":"x","c":{}} | [0, x]
                    Map(String, Int8) | {} | {}
                    """)
    @DisplayName("do not touch their neighbours")
    void stored(String type, String json, String value) {
        assertThat(Encoded.ndjson(Layout.of(at("$.v", "v", type, false)), "{\"v\":" + json + "}")
                        .row()
                        .get("v"))
                .hasToString(value);
    }

    @Test
    @DisplayName("JP-17: null and missing quarantine a column that has neither null nor default, containers too")
    void missing() {
        for (var type : List.of("String", "Array(String)", "Map(String, String)", "JSON", "Tuple(a Int8)")) {
            var layout = Layout.of(at("$.v", "v", type, false));
            assertThat(Encoded.ndjson(layout, "{}", "{\"v\":null}").counts().quarantinedRows())
                    .isEqualTo(2);
        }
    }

    @Test
    @DisplayName("keys are told apart by case")
    void namesAreExact() {
        assertThat(Encoded.ndjson(Layout.of(at("$.a", "a", "Int8", true)), "{\"A\":1}")
                        .row())
                .isEqualTo(Map.of("a", RowBinaryDecoder.DEFAULT));
    }

    @Test
    @DisplayName("types that JSON cannot fill are refused with the column's name and the reason")
    void notInsertable() {
        assertThatThrownBy(() -> Layout.of(at("$.c", "c", "AggregateFunction(count)", false)))
                .isInstanceOf(LayoutException.class)
                .hasMessage("Column 'c': AggregateFunction(count) holds an aggregate state, which only a materialized"
                        + " view can write");
        assertThatThrownBy(() -> Layout.of(at("$.c", "c", "Array(JSON(a.b UInt32))", false)))
                .isInstanceOf(LayoutException.class)
                .hasMessageContaining("Column 'c': JSON(`a.b` UInt32) has typed paths");
        assertThatThrownBy(() -> new NdjsonEncoder(
                        Layout.of(at("$.c", "c", "DateTime('Mars/Olympus')", false)),
                        EncoderLimits.DEFAULT,
                        InvalidLines.COUNT))
                .isInstanceOf(LayoutException.class)
                .hasMessageContaining("Mars/Olympus");
    }
}
