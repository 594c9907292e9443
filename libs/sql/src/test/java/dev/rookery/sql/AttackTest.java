package dev.rookery.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Statements that try to reach a table which is not theirs. What our code lets pass runs on ClickHouse as a user who may
 * read everything; the value in the canary's table must never come back, neither as data nor in an error.
 */
@DisplayName("Nothing reads a table outside the allowed set")
class AttackTest {

    private static final String CANARY = "CANARY-7f3a";
    private static final SqlPolicy POLICY = new SqlPolicy(
            Set.of("main"), SqlPolicy.COMPUTING_TABLE_FUNCTIONS, Set.of("max_threads"), SqlPolicy.UNSAFE_FUNCTIONS);

    @BeforeAll
    static void tables() {
        ClickHouse.setUp("CREATE DATABASE IF NOT EXISTS canary");
        ClickHouse.setUp("CREATE DATABASE IF NOT EXISTS sql_empty");
        ClickHouse.setUp("CREATE DATABASE IF NOT EXISTS sql_ws");
        ClickHouse.setUp("CREATE OR REPLACE TABLE canary.secret (v String) ENGINE = MergeTree ORDER BY v AS SELECT '"
                + CANARY + "'");
        ClickHouse.setUp(
                "CREATE OR REPLACE TABLE canary.j (k UInt8, v String) ENGINE = Join(ANY, LEFT, k) AS SELECT 1, '"
                        + CANARY + "'");
        ClickHouse.setUp(
                "CREATE OR REPLACE TABLE sql_ws.t_1 (org String, x String, n UInt64) ENGINE = MergeTree ORDER BY org"
                        + " AS SELECT if(number % 2, 'acme', 'other'), if(number % 2, '1', '" + CANARY
                        + "'), number FROM numbers(2000)");
        ClickHouse.setUp("CREATE OR REPLACE TABLE sql_ws.t_2 (v String) ENGINE = MergeTree ORDER BY v AS SELECT '"
                + CANARY + "'");
    }

    @Test
    void byItsText() {
        List<String> leaks = new ArrayList<>();
        List<String> attacks = attacks();
        for (String attack : attacks) {
            String answer = answer(attack);
            if (answer.contains(CANARY) || answer.contains("root:")) {
                leaks.add(attack + " => " + answer);
            }
        }

        assertThat(attacks).hasSizeGreaterThan(300);
        assertThat(leaks).isEmpty();
    }

    @Test
    @DisplayName("JWT-11 rows behind a filter stay hidden from conditions, errors and aliases")
    void byConditionsOnAFilteredTable() {
        List<String> probes = List.of(
                "SELECT * FROM events WHERE toInt32(x) = 1",
                "SELECT throwIf(x LIKE 'CANARY%', 'CANARY-7f3a') FROM events",
                "SELECT count() FROM events WHERE throwIf(x LIKE 'CANARY%', 'CANARY-7f3a') = 0",
                "SELECT count() FROM events PREWHERE toInt32(x) = 1",
                "SELECT count() FROM events PREWHERE 1 WHERE throwIf(x != '1', x) = 0",
                "SELECT count() FROM events FINAL WHERE toInt32(x) = 1",
                "WITH 'acme' AS org SELECT * FROM events WHERE org = 'acme' ORDER BY n LIMIT 5",
                "SELECT *, 'acme' AS org FROM events AS q WHERE toInt32(q.x) > 0 LIMIT 5",
                "SELECT * FROM events OR 1",
                "SELECT * FROM events AS events, events AS e2 WHERE toInt32(e2.x) = toInt32(events.x) LIMIT 1",
                "SELECT x IN events FROM events",
                "SELECT max(toInt32(x)) FROM events GROUP BY toInt32(x)",
                "SELECT * FROM events ORDER BY toInt32(x) LIMIT 1",
                "SELECT * FROM events ARRAY JOIN [toInt32(x)] AS z LIMIT 1",
                "SELECT a.x FROM events AS a JOIN events AS b ON toInt32(a.x) = toInt32(b.x) LIMIT 1",
                "SELECT x FROM events QUALIFY toInt32(x) = row_number() OVER ()");
        List<String> leaks = new ArrayList<>();
        for (String probe : probes) {
            String answer = answer(probe);
            if (answer.contains(CANARY)) {
                leaks.add(probe + " => " + answer);
            }
        }

        assertThat(leaks).isEmpty();
        assertThat(answer("SELECT count(), any(x) FROM events").strip()).isEqualTo("1000\t1");
    }

    private static String answer(String sql) {
        try {
            var statement = SqlAnalyzer.analyze(sql);
            POLICY.check(statement);
            String rewritten =
                    SqlRewriter.rewrite(statement, AttackTest::resolve).text();
            return ClickHouse.run(rewritten, "database", "sql_empty", "readonly", "1")
                    .body();
        } catch (SqlException _) {
            return "refused";
        }
    }

    private static Replacement resolve(TableReference reference) {
        boolean own = reference.database() == null || reference.database().equals("main");
        return switch (reference.kind()) {
            case TABLE_FUNCTION -> new Replacement.Keep();
            case TABLE, IN_OPERAND -> {
                if (own && reference.name().equals("events")) {
                    yield new Replacement.FilteredTable(
                            "sql_ws", "t_1", "q", SqlFilter.parse("org = 'acme'"), true, List.of());
                }
                if (reference.kind() == ReferenceKind.IN_OPERAND) {
                    yield new Replacement.Keep();
                }
                throw new SqlException("Unknown data source " + reference.name(), 1, 1);
            }
            case FUNCTION_ARGUMENT -> throw new SqlException("Unknown data source " + reference.name(), 1, 1);
        };
    }

    private static List<String> attacks() {
        try (var stream = Objects.requireNonNull(AttackTest.class.getResourceAsStream("attacks.txt"))) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> line.replace('⏎', '\n').replace('␀', '\0'))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
