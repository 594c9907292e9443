package dev.rookery.clickhouse.defaults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.clickhouse.types.ColumnType;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("ALGORITHMS 4: defaults decided at acceptance, as tables have them")
class AcceptedDefaultsTest {
    @ParameterizedTest(name = "{0} becomes {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "now()|toDateTime(_rookery_moment, 'UTC')",
                "NOW ( 'Europe/Oslo' )|toDateTime(_rookery_moment, 'Europe/Oslo')",
                "now() + INTERVAL 1 DAY|toDateTime(_rookery_moment, 'UTC') + INTERVAL 1 DAY",
                "toStartOfHour(now64(6))|toStartOfHour(toDateTime64(_rookery_moment, 6))",
                "if(a = 'now()', today(), b)|if(a = 'now()', toDate(_rookery_moment), b)",
                "yesterday() /* now() */ + 1|(toDate(_rookery_moment) - 1) /* now() */ + 1",
                "rand64() % 10|sipHash64(_rookery_seed, 'rand64') % 10",
                "rand(1) + rand(2)|toUInt32(bitAnd(sipHash64(_rookery_seed, 'rand1'), 4294967295)) + toUInt32(bitAnd(sipHash64(_rookery_seed, 'rand2'), 4294967295))"
            })
    void rewritten(String expression, String expected) {
        assertThat(AcceptedDefaults.rewrite(expression)).isEqualTo(expected);
        assertThat(AcceptedDefaults.needsColumns(expression)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "7",
                "'now()'",
                "`now()`",
                "toStartOfHour(seen)",
                "concat('it''s now()', b)",
                "a -- now()",
                "nowhere(1)",
                "1e5",
                "cityHash64(id)"
            })
    @DisplayName("a default that is a function of the row stays as it is")
    void untouched(String expression) {
        assertThat(AcceptedDefaults.rewrite(expression)).isEqualTo(expression);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hostName()",
                "concat('a', toString(randNormal(0, 1)))",
                "generateULID()",
                "dictGet('d', 'a', id)",
                "USER()",
                "randomString(8)",
                "if(a, rowNumberInBlock(), 0)"
            })
    @DisplayName("what cannot be decided at acceptance is refused by its name")
    void refused(String expression) {
        assertThatThrownBy(() -> AcceptedDefaults.rewrite(expression))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching("The function '\\w+' gives another value every time.*");
    }

    @ParameterizedTest(name = "{1} DEFAULT {0}: {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "now()|DateTime|true",
                "toDateTime64(now64(6), 3)|DateTime64(6)|true",
                "now() + 1|DateTime|false",
                "now()|String|false",
                "generateUUIDv4()|Nullable(UUID)|true",
                "rand()|UInt8|true",
                "yesterday()|DateTime|false",
                "randUniform(0, 1)|Float64|false"
            })
    void byTheEncoder(String expression, String type, boolean expected) {
        assertThat(AcceptedDefaults.isDecidedByEncoder(expression, ColumnType.parse(type)))
                .isEqualTo(expected);
    }
}
