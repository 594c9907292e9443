package dev.rookery.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("A hostile text of a megabyte is done with at once")
class LinearityTest {

    static Stream<IntFunction<String>> hostile() {
        return Stream.of(
                size -> "SELECT " + "(".repeat(size),
                size -> "SELECT " + "[".repeat(size / 2) + "]".repeat(size / 2),
                size -> "SELECT " + "-".repeat(size),
                size -> "SELECT " + "- ".repeat(size / 2) + "1",
                size -> "SELECT " + "NOT ".repeat(size / 4) + "1",
                size -> "SELECT 1" + " + 1".repeat(size / 4),
                size -> "SELECT a" + ".a".repeat(size / 2),
                size -> "SELECT 1" + ", 1 IN (t)".repeat(size / 10),
                size -> "SELECT " + "$a".repeat(size / 2),
                size -> "SELECT " + "$a$ ".repeat(size / 4),
                size -> "SELECT " + "/*".repeat(size / 2),
                size -> "SELECT " + "'\\''".repeat(size / 4),
                size -> "SELECT " + "‘".repeat(size),
                size -> "SELECT " + "CASE ".repeat(size / 5),
                size -> "SELECT " + "CASE WHEN ".repeat(size / 10),
                size -> "SELECT " + "INTERVAL a ".repeat(size / 11),
                size -> "SELECT " + "case + ".repeat(size / 7) + "1",
                size -> "SELECT 1 FROM t" + " JOIN t ON 1".repeat(size / 12),
                size -> "SELECT 1 FROM t" + "\n, t".repeat(size / 4),
                size -> "SELECT 1" + " UNION ALL SELECT 1 FROM t".repeat(size / 26),
                size -> "WITH a AS (SELECT 1)" + ", b AS (SELECT 1)".repeat(size / 17) + " SELECT 1",
                size -> "SELECT " + "(SELECT ".repeat(size / 8),
                size -> "SELECT " + "f(".repeat(size / 2),
                size -> "SELECT 1 FROM " + "(".repeat(size),
                size -> "SELECT 1 ? " + "1 ? ".repeat(size / 4),
                size -> "SELECT 1 SETTINGS a = 1" + ", a = 1".repeat(size / 7),
                size -> "SELECT x::" + "Array(".repeat(size / 6));
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void whateverItRepeats(IntFunction<String> text) {
        String sql = text.apply(1_000_000);

        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(10), () -> {
            try {
                var statement = SqlAnalyzer.analyze(sql);
                var rewritten = SqlRewriter.rewrite(statement, reference -> new Replacement.PhysicalTable("ws", "t"));
                assertThat(rewritten.text()).isNotEmpty();
                assertThat(statement.shape()).hasSizeLessThanOrEqualTo(4_097);
            } catch (SqlException e) {
                assertThat(e.getMessage()).hasSizeLessThan(400);
            }
        });
    }
}
