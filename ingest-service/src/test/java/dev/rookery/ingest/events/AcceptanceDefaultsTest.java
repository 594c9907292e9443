package dev.rookery.ingest.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.clickhouse.types.ColumnType;
import dev.rookery.engines.clickhouse.ClickHouseConnection;
import dev.rookery.engines.testing.TestEngines;
import dev.rookery.ingest.encoding.Acceptance;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("ALGORITHMS 4: defaults decided at acceptance")
class AcceptanceDefaultsTest {
    private static final Acceptance AT = new Acceptance(Instant.parse("2024-02-29T23:59:59.987654321Z"), null);

    private static byte[] value(String expression, String type) {
        return AcceptanceDefaults.of(expression, ColumnType.parse(type))
                .orElseThrow()
                .rowBinary(AT);
    }

    /** What ClickHouse reads in these bytes as a column of this type. */
    private static String read(byte[] bytes, String type) throws IOException, InterruptedException {
        ClickHouseConnection server = TestEngines.clickHouse();
        String query = "SELECT toString(c) FROM format(RowBinary, 'c %s', unhex('%s')) FORMAT TSV"
                .formatted(type.replace("'", "\\'"), HexFormat.of().formatHex(bytes));
        try (var client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(server.http())
                    .header("X-ClickHouse-User", server.users().admin().user())
                    .header("X-ClickHouse-Key", server.users().admin().password())
                    .POST(BodyPublishers.ofString(query, StandardCharsets.UTF_8))
                    .build();
            return client.send(request, BodyHandlers.ofString()).body().stripTrailing();
        }
    }

    @ParameterizedTest(name = "{1} DEFAULT {0} is {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "now()|DateTime|2024-02-29 23:59:59",
                "NOW( )|DateTime|2024-02-29 23:59:59",
                "now('Europe/Oslo')|DateTime|2024-02-29 23:59:59",
                "now()|DateTime('UTC')|2024-02-29 23:59:59",
                "now()|DateTime64(3)|2024-02-29 23:59:59.000",
                "now64()|DateTime64(3)|2024-02-29 23:59:59.987",
                "now64(6)|DateTime64(6)|2024-02-29 23:59:59.987654",
                "now64(9)|DateTime64(3)|2024-02-29 23:59:59.987",
                "now64(1)|DateTime64(6)|2024-02-29 23:59:59.900000",
                "now64(3)|DateTime|2024-02-29 23:59:59",
                "toDateTime64(now64(6), 3)|DateTime64(6)|2024-02-29 23:59:59.987654",
                "toDateTime(now())|Nullable(DateTime)|2024-02-29 23:59:59",
                "today()|Date|2024-02-29",
                "now()|Date32|2024-02-29",
                "yesterday()|Date|2024-02-28",
                "now()|SimpleAggregateFunction(max, DateTime)|2024-02-29 23:59:59"
            })
    void moments(String expression, String type, String expected) throws Exception {
        assertThat(read(value(expression, type), type)).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{1} DEFAULT {0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "generateUUIDv4()|UUID|[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab].*",
                "generateUUIDv7()|UUID|[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab].*",
                "toString(generateUUIDv4())|String|[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab].*",
                "generateUUIDv4()|LowCardinality(Nullable(String))|[0-9a-f-]{36}",
                "rand()|UInt32|\\d{1,10}",
                "rand()|UInt64|\\d{1,10}",
                "rand64()|UInt64|\\d{1,20}",
                "rand32()|Nullable(Int64)|\\d{1,10}",
                "rand()|UInt8|\\d{1,3}"
            })
    @DisplayName("random values, another one each time")
    void random(String expression, String type, String expected) throws Exception {
        assertThat(read(value(expression, type), type)).matches(expected);
        if (!type.equals("UInt8")) {
            assertThat(value(expression, type)).isNotEqualTo(value(expression, type));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", "'now()'", "toStartOfHour(seen)", "concat('a', 'b')", "now() + INTERVAL 1 DAY", ""})
    @DisplayName("everything else is left to the table")
    void others(String expression) {
        assertThat(AcceptanceDefaults.of(expression, ColumnType.parse("DateTime")))
                .isEmpty();
    }

    @Test
    @DisplayName("a moment has no plain form in a text column")
    void text() {
        assertThat(AcceptanceDefaults.of("now()", ColumnType.parse("String"))).isEmpty();
    }
}
