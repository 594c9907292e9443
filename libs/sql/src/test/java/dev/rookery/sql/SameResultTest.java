package dev.rookery.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A rewritten statement answers as the original does on tables that really have the names of the data sources. */
@DisplayName("Rewriting keeps the result")
class SameResultTest {

    @BeforeAll
    static void tables() {
        ClickHouse.setUp("CREATE DATABASE IF NOT EXISTS sql_named");
        ClickHouse.setUp("CREATE DATABASE IF NOT EXISTS sql_physical");
        ClickHouse.setUp("CREATE DATABASE IF NOT EXISTS sql_nothing");
        for (String table : new String[] {"sql_named.events", "sql_physical.t_7"}) {
            ClickHouse.setUp("CREATE OR REPLACE TABLE " + table
                    + " (id UInt64, `user id` UInt32, kind String, tags Array(String), ts DateTime, v UInt8)"
                    + " ENGINE = ReplacingMergeTree(v) ORDER BY id SAMPLE BY id AS SELECT number % 500, number % 7,"
                    + " ['click', 'view', 'é'][number % 3 + 1], ['a', toString(number % 5)], toDateTime(number * 60), number % 3"
                    + " FROM numbers(1000)");
        }
        for (String table : new String[] {"sql_named.users", "sql_physical.t_8"}) {
            ClickHouse.setUp("CREATE OR REPLACE TABLE " + table
                    + " (`user id` UInt32, name String) ENGINE = MergeTree ORDER BY `user id`"
                    + " AS SELECT number, 'n' || toString(number) FROM numbers(5)");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT count(), sum(id) FROM events",
                "SELECT events.kind, count() FROM events GROUP BY events.kind ORDER BY 1",
                "SELECT main.events.kind, events.* FROM main.events ORDER BY ALL LIMIT 3",
                "SELECT e.kind, u.name FROM events e JOIN users u ON e.`user id` = u.`user id` ORDER BY ALL LIMIT 5",
                "SELECT events.kind, users.name FROM events LEFT JOIN users ON events.`user id` = users.`user id` ORDER BY ALL LIMIT 5",
                "SELECT kind, name FROM events ANY LEFT JOIN users USING `user id` ORDER BY ALL LIMIT 5",
                "SELECT count() FROM events, users WHERE events.`user id` = users.`user id`",
                "SELECT count() FROM events FINAL",
                "SELECT count() FROM events SAMPLE 1",
                "SELECT count() FROM events FINAL WHERE v = 1",
                "SELECT count() FROM events PREWHERE kind = 'click' OR kind = 'é' WHERE id < 100",
                "SELECT count() FROM events WHERE `user id` IN (SELECT `user id` FROM users)",
                "SELECT tag, count() FROM events ARRAY JOIN tags AS tag GROUP BY tag ORDER BY tag",
                "WITH events AS (SELECT * FROM events WHERE kind = 'view') SELECT count(), any(events.kind) FROM events",
                "WITH c AS (SELECT `user id` AS u FROM users) SELECT count() FROM events WHERE `user id` IN c",
                "SELECT count() FROM events WHERE kind = ‘é’ AND kind != $x$cl'ick$x$ AND id − 1 >= 0",
                "SELECT * FROM (SELECT kind, max(ts) AS m FROM events GROUP BY kind) ORDER BY m DESC, kind",
                "SELECT * FROM (SELECT kind FROM events UNION DISTINCT SELECT name FROM users) ORDER BY kind",
                "SELECT id, row_number() OVER (PARTITION BY kind ORDER BY id, v) AS r FROM events ORDER BY ALL LIMIT 5",
                "FROM users SELECT name ORDER BY name",
                "SELECT (SELECT max(id) FROM events) + (SELECT count() FROM users)",
                "SELECT name FROM users WHERE EXISTS(SELECT 1 FROM events) ORDER BY name -- the end"
            })
    void ofNamesAndOfFilters(String sql) {
        String expected = ClickHouse.run(sql.replace("main.", "sql_named."), "database", "sql_named")
                .body();
        var statement = SqlAnalyzer.analyze(sql);
        String physical =
                SqlRewriter.rewrite(statement, SameResultTest::physical).text();
        String filtered =
                SqlRewriter.rewrite(statement, SameResultTest::filtered).text();

        assertThat(expected).isNotBlank().doesNotContain("Exception");
        assertThat(run(physical)).as(physical).isEqualTo(expected);
        if (!(sql.contains("PREWHERE") && sql.contains("FINAL"))) {
            assertThat(run(filtered)).as(filtered).isEqualTo(expected);
        }
    }

    private static String run(String sql) {
        return ClickHouse.run(sql, "database", "sql_nothing").body();
    }

    private static String table(TableReference reference) {
        return reference.name().equals("events") ? "t_7" : "t_8";
    }

    private static Replacement physical(TableReference reference) {
        return new Replacement.PhysicalTable("sql_physical", table(reference));
    }

    private static Replacement filtered(TableReference reference) {
        var filter = SqlFilter.parse("`user id` >= 0 AND lower('A') = 'a' -- always");
        return new Replacement.FilteredTable("sql_physical", table(reference), "r", filter, true, List.of());
    }
}
