package dev.rookery.gateway.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.catalog.DeploymentId;
import dev.rookery.catalog.ResourceId;
import dev.rookery.catalog.snapshot.DatasourceEntry;
import dev.rookery.catalog.snapshot.DeploymentView;
import dev.rookery.clickhouse.ClickHouseException;
import dev.rookery.datafile.DatafileParser;
import dev.rookery.datafile.DatasourceFile;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("GW-8 to GW-16: ClickHouse's errors in the tenant's words")
class ErrorTranslatorTest {
    private static final String TABLE = "t_01m7vpnzkpx8k4j4h9k2v5tavj";

    private static DeploymentView view() {
        String text = "SCHEMA >\n    `x` UInt8\n";
        var file = Objects.requireNonNull(
                (DatasourceFile) DatafileParser.parse("events.datasource", text).datafile());
        var entry = new DatasourceEntry(
                new ResourceId(new UUID(1, 1)),
                file,
                TABLE,
                null,
                "events.datasource",
                text,
                Instant.EPOCH,
                Instant.EPOCH);
        return new DeploymentView(
                new DeploymentId(new UUID(1, 2)),
                1,
                new TreeMap<>(Map.of("events", entry)),
                Collections.emptySortedMap(),
                Collections.emptySortedMap(),
                Map.of());
    }

    @Test
    @DisplayName("JWT-11: where a filter hides rows, ClickHouse's words about a value are not passed on")
    void filtered() {
        String words = "Code: 6. DB::Exception: Cannot parse string 'hidden-value' as Int32. (CANNOT_PARSE_TEXT)";
        var hidden = ErrorTranslator.translate(new ClickHouseException(6, words, null), view(), true);
        assertThat(hidden.publicMessage()).doesNotContain("hidden-value").contains("CANNOT_PARSE_TEXT");
        assertThat(translate(6, words).publicMessage()).contains("hidden-value");
        String name = "Code: 47. DB::Exception: Unknown identifier `nme`. (UNKNOWN_IDENTIFIER)";
        assertThat(ErrorTranslator.translate(new ClickHouseException(47, name, null), view(), true)
                        .publicMessage())
                .contains("nme");
    }

    private static QueryException translate(int code, String message) {
        return ErrorTranslator.translate(new ClickHouseException(code, message, null), view(), false);
    }

    @ParameterizedTest
    @CsvSource({"159,408", "160,408", "241,500", "202,429", "62,400", "47,400", "60,400", "497,403", "516,500", "0,500"
    })
    void statuses(int code, int status) {
        assertThat(translate(code, "Code: " + code + ". DB::Exception: x (SOME_NAME)")
                        .status()
                        .value())
                .isEqualTo(status);
    }

    @Test
    void tablesGetTheirNamesBackAndTheServerIsCutOff() {
        QueryException e = translate(
                47,
                "Code: 47. DB::Exception: Identifier 'events.y' cannot be resolved from table `ws_0001`.`" + TABLE
                        + "`. In scope SELECT secret FROM ws_0001." + TABLE
                        + " AS events. (UNKNOWN_IDENTIFIER) (version 26.7.2.1 (official build))");
        assertThat(e.publicMessage())
                .isEqualTo("Identifier 'events.y' cannot be resolved from table events (UNKNOWN_IDENTIFIER)");
    }

    @Test
    @DisplayName("GW-14: no connection left in time")
    void busy() {
        var cause = new ConnectionRequestTimeoutException("all leased");
        QueryException e = ErrorTranslator.translate(
                new ClickHouseException(ClickHouseException.UNREACHABLE, "no answer", cause), view(), false);
        assertThat(e.status().value()).isEqualTo(429);
    }

    @Test
    void quarantine() {
        assertThat(translate(16, "Code: 16. DB::Exception: No column z in ws_0001.q" + TABLE.substring(1) + ". (X_Y_Z)")
                        .publicMessage())
                .contains("events_quarantine");
    }

    @Property
    void nothingPhysicalLeaves(@ForAll @From("messages") String message, @ForAll int code) {
        assertThat(translate(code, message).publicMessage())
                .doesNotContain("ws_0", "ws_1")
                .doesNotContain(TABLE)
                .doesNotContainPattern("version \\d");
    }

    @Provide
    Arbitrary<String> messages() {
        return Arbitraries.of(
                        "Code: 60. DB::Exception: ",
                        "ws_0001",
                        "`ws_0001`",
                        ".",
                        "`",
                        TABLE,
                        "`" + TABLE + "`",
                        "q_01m7vpnzkpx8k4j4h9k2v5tavj",
                        "t_99999999999999999999999999",
                        " ",
                        "'",
                        "x",
                        "(",
                        ")",
                        "(UNKNOWN_TABLE)",
                        "(version 26.7.2.1)",
                        "ws_12345")
                .list()
                .ofMaxSize(12)
                .map(parts -> String.join("", parts));
    }
}
