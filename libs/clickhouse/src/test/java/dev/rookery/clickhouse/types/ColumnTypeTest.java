package dev.rookery.clickhouse.types;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Expected spellings are what {@code system.columns} of ClickHouse 26.7 shows for the same text. */
class ColumnTypeTest {

    @Nested
    class Prints {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "Int8",
                    "UInt256",
                    "BFloat16",
                    "Float32",
                    "Decimal(76, 10)",
                    "Bool",
                    "String",
                    "FixedString(16)",
                    "Date",
                    "Date32",
                    "DateTime",
                    "DateTime('Europe/Madrid')",
                    "DateTime64(3)",
                    "DateTime64(9, 'UTC')",
                    "Time",
                    "Time64(6)",
                    "UUID",
                    "IPv4",
                    "IPv6",
                    "Enum8('a' = -1, 'it\\'s' = 2)",
                    "Enum16('x' = 1000)",
                    "Nullable(String)",
                    "LowCardinality(Nullable(String))",
                    "Array(Map(LowCardinality(String), String))",
                    "Tuple(Int32, String)",
                    "Tuple(a Int32, `b c` Array(String))",
                    "Tuple()",
                    "Nested(a Int32, b String)",
                    "JSON",
                    "JSON(max_dynamic_types=2, max_dynamic_paths=16)",
                    "JSON(`a.b` UInt32, SKIP `x.y`, SKIP REGEXP '^z')",
                    "SimpleAggregateFunction(sum, Int64)",
                    "SimpleAggregateFunction(groupUniqArrayArray(5), Array(String))",
                    "AggregateFunction(count)",
                    "AggregateFunction(argMaxState, Nullable(String), DateTime64(6))",
                    "AggregateFunction(quantile(0.5), Float64)",
                    "AggregateFunction(1, sum, Int64)",
                    "Variant(String, UInt8)",
                    "Point",
                    "MultiPolygon",
                    "Dynamic",
                    "Dynamic(max_types=3)",
                    "IntervalDay",
                })
        void whatItRead(String text) {
            assertThat(ColumnType.parse(text).print()).isEqualTo(text);
            assertThat(ColumnType.parse(ColumnType.parse(text).print())).isEqualTo(ColumnType.parse(text));
        }
    }

    @Nested
    class ReadsOtherSpellings {

        @ParameterizedTest
        @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                        Boolean | Bool
                        boolean | Bool
                        Int | Int32
                        int(11) | Int32
                        BIGINT | Int64
                        bigint(20) unsigned | UInt64
                        int unsigned | UInt32
                        TINYINT SIGNED | Int8
                        varchar(10) | String
                        national char varying(3) | String
                        TEXT | String
                        double precision | Float64
                        Double | Float64
                        timestamp | DateTime
                        TIMESTAMP(3) | DateTime64(3)
                        datetime64 | DateTime64(3)
                        DATETIME64(3,'UTC') | DateTime64(3, 'UTC')
                        decimal(5) | Decimal(5, 0)
                        Decimal | Decimal(10, 0)
                        Decimal32(3) | Decimal(9, 3)
                        Decimal128( 3 ) | Decimal(38, 3)
                        Enum('b'=2,'a'=1) | Enum8('a' = 1, 'b' = 2)
                        Enum8('a','b') | Enum8('a' = 1, 'b' = 2)
                        Enum('a'=1000) | Enum16('a' = 1000)
                        Tuple(a int, `b c` text) | Tuple(a Int32, `b c` String)
                        Tuple(date Date, int Int8) | Tuple(date Date, int Int8)
                        Tuple(double precision) | Tuple(Float64)
                        JSON(a.b UInt32, max_dynamic_paths = 16, SKIP x.y) | JSON(max_dynamic_paths=16, `a.b` UInt32, SKIP `x.y`)
                        Variant(UInt8, String) | Variant(String, UInt8)
                        Int64 NULL | Nullable(Int64)
                        Int64 NOT NULL | Int64
                        Array( Nullable( Int16 ) ) | Array(Nullable(Int16))
                        json | JSON
                        """)
        void asClickHouseDoes(String text, String canonical) {
            assertThat(ColumnType.parse(text).print()).isEqualTo(canonical);
        }
    }

    @Nested
    class Refuses {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "Strin",
                    "string",
                    "uuid",
                    "Nullable",
                    "Nullable(Array(Int8))",
                    "Array(Int8",
                    "Int8)",
                    "Int8 x",
                    "FixedString(0)",
                    "Decimal(77)",
                    "Decimal(5, 6)",
                    "DateTime64(10)",
                    "Enum8('a'=1,'a'=2)",
                    "Enum8('a'=1,'b'=1)",
                    "Enum8('a'=200)",
                    "Enum8()",
                    "Tuple(a Int8, String)",
                    "Map(String)",
                    "tuple(Int8)",
                    "DateTime('UTC",
                    "NATIONAL",
                    "JSON(a)",
                })
        void whatIsNoType(String text) {
            assertThatThrownBy(() -> ColumnType.parse(text)).isInstanceOf(ColumnTypeException.class);
        }

        @Test
        void deepNestingWithoutOverflowingTheStack() {
            var text = "Array(".repeat(100_000) + "Int8" + ")".repeat(100_000);
            assertThatThrownBy(() -> ColumnType.parse(text))
                    .isInstanceOf(ColumnTypeException.class)
                    .hasMessageContaining("too deeply");
        }

        @Test
        void andSaysWhere() {
            assertThatThrownBy(() -> ColumnType.parse("Array(Strin)"))
                    .hasMessage("Unknown type 'Strin' at character 11 of type 'Array(Strin)'");
        }
    }

    @Nested
    class TellsWhatJsonCannotFill {

        @Test
        @DisplayName("aggregate states, wherever they are nested")
        void aggregateStates() {
            assertThat(ColumnType.parse("AggregateFunction(count)").notInsertableFromJson())
                    .contains("AggregateFunction(count) holds an aggregate state, which only a materialized view can"
                            + " write");
            assertThat(ColumnType.parse("Array(AggregateFunction(sum, Int64))").notInsertableFromJson())
                    .isPresent();
        }

        @ParameterizedTest
        @ValueSource(strings = {"Variant(String, UInt8)", "Dynamic", "IntervalDay", "Map(Array(String), Int8)"})
        void otherTypes(String text) {
            assertThat(ColumnType.parse(text).notInsertableFromJson()).isPresent();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "String",
                    "Array(Map(LowCardinality(String), String))",
                    "JSON",
                    "Tuple(a Int32)",
                    "Point",
                    "SimpleAggregateFunction(any, Nullable(String))",
                    "Map(LowCardinality(String), Int8)",
                })
        void andWhatItCan(String text) {
            assertThat(ColumnType.parse(text).notInsertableFromJson()).isEmpty();
        }
    }
}
