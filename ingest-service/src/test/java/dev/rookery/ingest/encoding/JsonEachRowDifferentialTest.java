package dev.rookery.ingest.encoding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.clickhouse.types.ColumnType;
import dev.rookery.clickhouse.types.ColumnType.DateTime64Type;
import dev.rookery.clickhouse.types.ColumnType.DateTimeType;
import dev.rookery.clickhouse.types.ColumnType.EnumType;
import dev.rookery.clickhouse.types.ColumnType.NullableType;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The same generated lines into two tables: by ClickHouse as JSONEachRow, and by us as RowBinaryWithDefaults. What is
 * stored must be equal; what only one side stores must be on the documented list.
 *
 * <p>{@code -Psoak} raises the lines per type from 400 to 20,000.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JsonEachRowDifferentialTest {

    private static final int LINES = Boolean.getBoolean("rookery.soak") ? 20_000 : 400;
    private static final int LINES_SHOWN = 20;

    private static final Map<String, String> AS_JSON = Map.of(
            "date_time_input_format", "best_effort",
            "input_format_allow_errors_num", "1000000000",
            "input_format_allow_errors_ratio", "1",
            "input_format_parallel_parsing", "0");

    /** Dates without a year depend on today, which ClickHouse takes from its own clock. */
    private final Acceptance now = new Acceptance(Instant.now(), null);

    private final ReferenceServer server = new ReferenceServer("encoding_differential");

    @BeforeAll
    void serverIsInUtc() {
        assertThat(server.query("SELECT timezone()").strip()).isIn("UTC", "Etc/UTC");
    }

    @AfterAll
    void close() {
        server.close();
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "Int8",
                "UInt8",
                "Int16",
                "UInt16",
                "Int32",
                "UInt32",
                "Int64",
                "UInt64",
                "Int128",
                "UInt128",
                "Int256",
                "UInt256",
                "Float32",
                "Float64",
                "BFloat16",
                "Decimal(9, 3)",
                "Decimal(18, 6)",
                "Decimal(38, 10)",
                "Decimal(76, 20)",
                "Decimal(5, 0)",
                "Decimal(4, 4)",
                "Bool",
                "String",
                "FixedString(4)",
                "Date",
                "Date32",
                "DateTime",
                "DateTime('UTC')",
                "DateTime('America/New_York')",
                "DateTime64(0)",
                "DateTime64(3)",
                "DateTime64(6, 'UTC')",
                "DateTime64(9)",
                "DateTime64(3, 'Europe/Madrid')",
                "Time",
                "Time64(3)",
                "UUID",
                "IPv4",
                "IPv6",
                "Enum8('a' = 1, 'b' = -2, 'c' = 0)",
                "Enum16('a' = 1000, 'b' = 2, '1' = 3)",
                "LowCardinality(String)",
                "LowCardinality(Nullable(String))",
                "Nullable(Int32)",
                "Nullable(String)",
                "Nullable(DateTime64(3))",
                "Nullable(UUID)",
                "Nullable(Float64)",
                "Nullable(Bool)",
                "Array(Int32)",
                "Array(Nullable(String))",
                "Array(Array(Int16))",
                "Array(LowCardinality(String))",
                "Map(String, String)",
                "Map(LowCardinality(String), Nullable(Int64))",
                "Map(Int32, Float64)",
                "Map(UUID, Date)",
                "Array(Map(LowCardinality(String), String))",
                "Tuple(Int32, String)",
                "Tuple(a Int32, b String, c Array(Nullable(Int8)))",
                "Array(Tuple(x Float64, y Nullable(UInt8)))",
                "JSON",
                "JSON(max_dynamic_types=2, max_dynamic_paths=16)",
                "SimpleAggregateFunction(sum, Int64)",
                "SimpleAggregateFunction(any, Nullable(String))",
                "Point",
                "MultiPolygon",
                "Nullable(JSON)",
                "Array(JSON)",
                "Tuple(a JSON, b Int8)",
                "LowCardinality(FixedString(4))",
                "Nullable(Decimal(9, 3))",
                "Nullable(IPv4)",
                "Map(Date, Array(Nullable(Decimal(9, 3))))",
                "Nullable(Enum8('a' = 1))",
                "SimpleAggregateFunction(groupUniqArrayArray, Array(String))",
                "LowCardinality(Date)",
                "Array(Nullable(DateTime64(3)))",
                "Array(Bool)",
            })
    void storesTheSame(String text) {
        var type = ColumnType.parse(text);
        var values = new ArrayList<String>();
        var generated = new GeneratedValues(text.hashCode());
        for (int i = 0; i < LINES; i++) {
            values.add(generated.value(type));
        }
        var suffix = Integer.toHexString(text.hashCode());
        var theirs = theirs("theirs_" + suffix, type, values);
        var ours = ours("ours_" + suffix, type, values);

        insertLost(type, "theirs_" + suffix, values, theirs, ours);

        var wrong = new ArrayList<String>();
        for (int i = 0; i < values.size(); i++) {
            var value = values.get(i);
            var their = theirs.get(i);
            var our = ours.get(i);
            boolean same = their == null ? our == null : their.equals(our);
            boolean deliberate = our == null
                    ? their != null && DeliberateDifference.quarantined(type, value, their)
                    : their == null && DeliberateDifference.stored(type, value);
            if (!same && !deliberate) {
                wrong.add("%s: ClickHouse %s, we %s".formatted(value, their, our));
            }
        }
        assertThat(wrong.stream().distinct().limit(LINES_SHOWN)).isEmpty();
        assertThat(ours).as("enough lines are stored to compare").hasSizeGreaterThan(LINES / 4);
    }

    /**
     * Twice: after an error in a Nullable(Decimal) ClickHouse stores later values in the wrong rows. So a first table
     * only tells which lines are accepted, and a second one gets those.
     */
    private Map<Integer, String> theirs(String table, ColumnType type, List<String> values) {
        var all = IntStream.range(0, values.size()).boxed().toList();
        create(table + "_tried", type);
        insertAsJson(table + "_tried", values, all);
        create(table, type);
        insertAsJson(
                table,
                values,
                List.copyOf(new TreeSet<>(stored(table + "_tried", type).keySet())));
        return stored(table, type);
    }

    /** An error that ClickHouse does not count as a line's own fails the whole insert, so halves are tried. */
    private void insertAsJson(String table, List<String> values, List<Integer> numbers) {
        var body = new StringBuilder();
        for (int number : numbers) {
            body.append(line(number, values.get(number))).append('\n');
        }
        var error = server.insert(table, "JSONEachRow", AS_JSON, body.toString().getBytes(StandardCharsets.UTF_8));
        if (!error.isEmpty() && numbers.size() > 1) {
            int middle = numbers.size() / 2;
            insertAsJson(table, values, numbers.subList(0, middle));
            insertAsJson(table, values, numbers.subList(middle, numbers.size()));
        }
    }

    /**
     * After some errors (a UUID cut short) ClickHouse goes on somewhere in the next line and loses it. What it lost and
     * we stored is given to it again, each line alone.
     */
    private void insertLost(
            ColumnType type,
            String table,
            List<String> values,
            Map<Integer, String> theirs,
            Map<Integer, String> ours) {
        for (int i = 0; i < values.size(); i++) {
            if (ours.containsKey(i) && !theirs.containsKey(i)) {
                insertAsJson(table, values, List.of(i));
            }
        }
        theirs.putAll(stored(table, type));
    }

    private Map<Integer, String> ours(String table, ColumnType type, List<String> values) {
        create(table, type);
        var body = new StringBuilder();
        for (int i = 0; i < values.size(); i++) {
            body.append(line(i, values.get(i))).append('\n');
        }
        var layout = Layout.of(
                LayoutColumn.at("$.n", "n", "UInt32", false), LayoutColumn.at("$.v", "v", type.print(), false));
        var blocks = new Encoded.Blocks();
        var counts = new NdjsonEncoder(layout, EncoderLimits.DEFAULT, InvalidLines.QUARANTINE)
                .encode(body.toString().getBytes(StandardCharsets.UTF_8), BodyFormat.NDJSON, now, blocks);
        for (var block : blocks.rows()) {
            assertThat(server.insert(table, InsertFormat.ROWS, InsertFormat.SETTINGS, block.bytes()))
                    .as("an accepted block is never refused")
                    .isEmpty();
        }
        assertThat(counts.successfulRows() + counts.quarantinedRows()).isEqualTo(values.size());
        var stored = stored(table, type);
        assertThat(stored).hasSize((int) counts.successfulRows());
        return stored;
    }

    private static String line(int number, String value) {
        return "{\"n\":%d,\"v\":%s}".formatted(number, value);
    }

    private void create(String table, ColumnType type) {
        server.query("CREATE TABLE %s.%s (n UInt32, v %s) ENGINE = Memory"
                .formatted(server.database(), table, type.print()));
    }

    private Map<Integer, String> stored(String table, ColumnType type) {
        var rows = server.query(
                "SELECT n, %s FROM %s.%s SETTINGS output_format_json_quote_denormals = 1 FORMAT JSONCompactEachRow"
                        .formatted(shown(type), server.database(), table));
        var stored = new HashMap<Integer, String>();
        rows.lines().forEach(row -> {
            int comma = row.indexOf(',');
            stored.put(
                    Integer.parseInt(row.substring(1, comma)),
                    row.substring(comma + 1, row.length() - 1).strip());
        });
        return stored;
    }

    /** As a number where the text form hides differences, or fails on what only ClickHouse stores. */
    private static String shown(ColumnType type) {
        return switch (type) {
            case EnumType t -> "CAST(v, 'Int16')";
            case DateTimeType t -> "toUInt32(v)";
            case DateTime64Type t -> "reinterpretAsInt64(v)";
            case NullableType(DateTime64Type t) -> "reinterpretAsInt64(assumeNotNull(v)), isNull(v)";
            default -> "v";
        };
    }
}
