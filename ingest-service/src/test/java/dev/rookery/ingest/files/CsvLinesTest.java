package dev.rookery.ingest.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.access.web.ApiException;
import dev.rookery.ingest.encoding.Layout;
import dev.rookery.ingest.encoding.LayoutColumn;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("CSV rows as lines of JSON")
class CsvLinesTest {
    private static final CsvDialect PLAIN = new CsvDialect(',', null, null, StandardCharsets.UTF_8);
    private static final Layout TWO = layout("id Int64", "word String");

    /** Columns as {@code name type}, with {@code =} behind those that have a default. */
    private static Layout layout(String... columns) {
        LayoutColumn[] made = new LayoutColumn[columns.length];
        for (int i = 0; i < columns.length; i++) {
            String[] parts = columns[i].split(" ", 2);
            boolean withDefault = parts[1].endsWith("=");
            made[i] = LayoutColumn.at("$." + parts[0], parts[0], parts[1].replace("=", ""), withDefault);
        }
        return Layout.of(made);
    }

    private static String lines(String csv, Layout layout) throws IOException {
        return lines(csv.getBytes(StandardCharsets.UTF_8), PLAIN, layout);
    }

    private static String lines(byte[] csv, CsvDialect dialect, Layout layout) throws IOException {
        try (var lines = new CsvLines(new ByteArrayInputStream(csv), dialect, layout, 1 << 20)) {
            return new String(lines.readAllBytes(), StandardCharsets.UTF_8).stripTrailing();
        }
    }

    private static CsvDialect dialect(char delimiter, @Nullable Character escape, @Nullable String newLine) {
        return new CsvDialect(delimiter, escape, newLine, StandardCharsets.UTF_8);
    }

    @Test
    @DisplayName("DS-20: quotes, doubled quotes, delimiters and line breaks inside, any end of line")
    void rfc4180() throws Exception {
        assertThat(lines("1,\"a,\"\"b\"\"\nc\"\r\n2,d\r\n\r\n3,\"\"\n", TWO)).isEqualTo("""
                {"id":"1","word":"a,\\"b\\"\\u000ac"}
                {"id":"2","word":"d"}
                {"id":"3","word":""}""");
    }

    @Test
    @DisplayName("DS-24: a header maps by name, in any order and in the words of the source")
    void header() throws Exception {
        assertThat(lines("\uFEFF\"Word\",other,ID\na,x,1\n", TWO)).isEqualTo("{\"word\":\"a\",\"id\":\"1\"}");
        assertThat(lines(
                        "VIN (1-10),2020 Census Tract\na,1\n", layout("vin__1_10_ String", "c_2020_census_tract Int8")))
                .isEqualTo("{\"vin__1_10_\":\"a\",\"c_2020_census_tract\":\"1\"}");
    }

    @Test
    @DisplayName("DS-24: without a header the columns go by position; a first row of other words is a row")
    void position() throws Exception {
        assertThat(lines("1,id\n2\n3,c,\n", TWO)).isEqualTo("""
                {"id":"1","word":"id"}
                {"id":"2"}
                {"id":"3","word":"c"}""");
    }

    @Test
    @DisplayName("DS-10: a row with more fields than columns, and bytes that are no text, are invalid lines")
    void invalid() throws Exception {
        assertThat(lines("1,a,b\n", TWO)).isEqualTo("!");
        byte[] broken = {'1', ',', (byte) 0xFF, '\n', '2', ',', 'b'};
        assertThat(lines(broken, PLAIN, TWO)).isEqualTo("!\n{\"id\":\"2\",\"word\":\"b\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\"\"", "N", "\"N\"", "\"[]\"", "\\N", "NULL"})
    @DisplayName("DS-21: spellings of null, where the column can do without a value")
    void nulls(String text) throws Exception {
        assertThat(lines(text + ",x\n", layout("n Nullable(Int64)", "w String")))
                .isEqualTo("{\"w\":\"x\"}");
        assertThat(lines(text + ",x\n", layout("n Int64=", "w String"))).isEqualTo("{\"w\":\"x\"}");
    }

    @Test
    @DisplayName("QU-4: a column that needs a value gets the text, for the quarantine to show")
    void needed() throws Exception {
        assertThat(lines(",x\n", layout("n Float32", "w String"))).isEqualTo("{\"n\":\"\",\"w\":\"x\"}");
    }

    @Test
    @DisplayName("DS-21: text columns keep N and empty quotes; an empty field is null where the column can be")
    void texts() throws Exception {
        var layout = layout("a String", "b Nullable(String)", "c LowCardinality(Nullable(String))");
        assertThat(lines("N,N,\"\"\n,,\\N\n", layout)).isEqualTo("""
                {"a":"N","b":"N","c":""}
                {"a":""}""");
    }

    @Test
    @DisplayName("booleans, arrays, maps and objects are JSON; so is what ClickHouse writes for them")
    void structures() throws Exception {
        var layout = layout("b Bool", "a Array(String)", "m Map(String, UInt8)", "j JSON");
        assertThat(lines("True,\"[\"\"x\"\",\n\"\"y\"\"]\",\"{'k':1}\",\"{\"\"o\"\":{}}\"\n", layout))
                .isEqualTo("{\"b\":true,\"a\":[\"x\", \"y\"],\"m\":{\"k\":1},\"j\":{\"o\":{}}}");
        assertThat(lines("0,\"['it''s']\",x,[]\n", layout))
                .isEqualTo("{\"b\":0,\"a\":\"['it''s']\",\"m\":\"x\",\"j\":[]}");
    }

    @Test
    @DisplayName("DS-3, DS-20: another delimiter")
    void delimiter() throws Exception {
        assertThat(lines("1 \"a b\"\n".getBytes(StandardCharsets.UTF_8), dialect(' ', null, null), TWO))
                .isEqualTo("{\"id\":\"1\",\"word\":\"a b\"}");
    }

    @Test
    @DisplayName("DS-20: an escape character makes quotes, delimiters, line breaks and itself plain")
    void escape() throws Exception {
        String csv = "1,\"{\\\"a\\\":\\\"\\\\n\\\"}\"\n2,a\\,b\\\nc\n";
        assertThat(lines(csv.getBytes(StandardCharsets.UTF_8), dialect(',', '\\', null), TWO))
                .isEqualTo("""
                {"id":"1","word":"{\\"a\\":\\"\\\\n\\"}"}
                {"id":"2","word":"a,b\\u000ac"}""");
    }

    @Test
    @DisplayName("DS-20: another end of line leaves line breaks and its own characters inside quotes alone")
    void newLine() throws Exception {
        String csv = "1,a\nb||2,\"c||d\"\"||\"||3,5\" pipe||";
        assertThat(lines(csv.getBytes(StandardCharsets.UTF_8), dialect(',', null, "||"), TWO))
                .isEqualTo("""
                {"id":"1","word":"a\\u000ab"}
                {"id":"2","word":"c||d\\"||"}
                {"id":"3","word":"5\\" pipe"}""");
    }

    @Test
    @DisplayName("DS-23: the charset of the Content-Type")
    void charset() throws Exception {
        var latin = new CsvDialect(',', null, null, Upload.charset("text/html; charset=ISO-8859-1"));
        assertThat(lines("1,caf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1), latin, TWO))
                .isEqualTo("{\"id\":\"1\",\"word\":\"caf\u00e9\"}");
        var utf16 = new CsvDialect(',', null, null, Charset.forName("UTF-16"));
        assertThat(lines("1,\uD83D\uDE00\n".getBytes(StandardCharsets.UTF_16), utf16, TWO))
                .isEqualTo("{\"id\":\"1\",\"word\":\"\uD83D\uDE00\"}");
        assertThatThrownBy(() -> Upload.charset("text/csv; charset=klingon")).isInstanceOf(ApiException.class);
    }

    @Test
    @DisplayName("a quote that is never closed ends with an error and not with the memory")
    void open() {
        assertThatThrownBy(() -> lines("1,\"" + "x".repeat(2 << 20), TWO))
                .isInstanceOf(ApiException.class)
                .hasMessageContaining("a quote that is never closed");
    }
}
