package dev.rookery.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SqlAnalyzerTest {

    static List<String> references(String sql) {
        return SqlAnalyzer.analyze(sql).references().stream()
                .map(SqlAnalyzerTest::describe)
                .toList();
    }

    private static String describe(TableReference reference) {
        String name = reference.database() == null ? reference.name() : reference.database() + "." + reference.name();
        return switch (reference.kind()) {
            case TABLE -> name;
            case IN_OPERAND -> "in:" + name;
            case FUNCTION_ARGUMENT -> reference.function() + ":" + name;
            case TABLE_FUNCTION -> name + "()";
        };
    }

    @Nested
    class FindsTables {

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '\0',
                value = {
                    "SELECT 1|",
                    "SELECT * FROM events|events",
                    "FROM events SELECT *|events",
                    "SELECT from from t|t",
                    "SELECT from t|",
                    "SELECT 1, FROM t|t",
                    "SELECT 1, from FROM t|t",
                    "SELECT a FROM db.events e, `we ird` AS w, \"q\"|db.events,we ird,q",
                    "SELECT * FROM a JOIN b ON a.x = b.x LEFT JOIN c USING x, y CROSS JOIN d|a,b,c,d",
                    "SELECT * FROM a ASOF LEFT JOIN b ON a.x = b.x AND a.t > b.t|a,b",
                    "SELECT * FROM a GLOBAL ANY RIGHT OUTER JOIN b USING (x)|a,b",
                    "SELECT * FROM a SEMI JOIN b USING x ANTI JOIN c USING x PASTE JOIN d|a,b,c,d",
                    "SELECT * FROM a NATURAL JOIN b|a,b",
                    "SELECT * FROM (a JOIN b ON 1) JOIN ((c JOIN d ON 1) JOIN e ON 1) ON 1|a,b,c,d,e",
                    "SELECT * FROM a ARRAY JOIN b AS c, d LEFT ARRAY JOIN e|a",
                    "SELECT * FROM a FINAL SAMPLE 1/10 OFFSET 1/2 PREWHERE x WHERE y|a",
                    "SELECT * FROM (SELECT * FROM a) AS s JOIN (SELECT 1) t ON 1|a",
                    "SELECT * FROM ((SELECT 1 FROM a) UNION ALL (SELECT 2 FROM b))|a,b",
                    "SELECT * FROM ((SELECT 1 FROM a) AS x JOIN b ON 1)|a,b",
                    "SELECT (SELECT max(x) FROM a), [(SELECT 1 FROM b)], {p:UInt8}|a,b",
                    "SELECT ((SELECT 1 FROM a) UNION ALL SELECT 2 FROM b)|a,b",
                    "SELECT ((SELECT 1 FROM a) + 1)|a",
                    "SELECT 1 FROM a UNION ALL SELECT 2 FROM b EXCEPT DISTINCT (SELECT 3 FROM c) INTERSECT SELECT 4|a,b,c",
                    "SELECT exists(SELECT 1 FROM a), x = ANY (SELECT 1 FROM b), f(x, (SELECT 1 FROM c))|a,b,c",
                    "SELECT count() FILTER (WHERE x IN (SELECT 1 FROM a)) OVER (PARTITION BY (SELECT 1 FROM b)) FROM c|a,b,c",
                    "SELECT * EXCEPT (a, b) REPLACE (x + 1 AS y) APPLY(toString) FROM t|t",
                    "SELECT * EXCEPT select FROM t|t",
                    "SELECT * EXCEPT SELECT * FROM t|",
                    "SELECT * EXCEPT all FROM t|t",
                    "SELECT * EXCEPT (SELECT 1 FROM t)|t",
                    "SELECT now() - INTERVAL (SELECT 1 FROM t) DAY|t",
                    "SELECT now() - INTERVAL {n:UInt8} DAY FROM t|t",
                    "SELECT * FROM VIEW(SELECT 1 FROM t)|view(),t",
                    "SELECT * FROM t AS t, u AS v, w|t,u,w",
                    "SELECT t.* EXCEPT a, COLUMNS('x') APPLY (q -> q + 1), t.COLUMNS(a, b) FROM t|t",
                    "SELECT CASE WHEN x THEN 1 ELSE (SELECT 1 FROM a) END FROM b|a,b",
                    "SELECT case, interval, date FROM t WHERE d > now() - INTERVAL 1 DAY AND e < DATE '2020-01-01'|t",
                    "SELECT EXTRACT(year FROM d), trim(BOTH 'a' FROM s), substring(s FROM 1 FOR 2), CAST(x AS Nullable(String)) FROM t|t",
                    "SELECT x::Array(UInt8)[1].1, a.b.c, a.1, -x, NOT y, x ? 1 : 2 FROM t|t",
                    "SELECT quantiles(0.5, 0.9)(x), arrayMap((a, b) -> a + b, l, r), any(x) RESPECT NULLS FROM t|t",
                    "SELECT sum(x) OVER w FROM t WINDOW w AS (ORDER BY d ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) QUALIFY 1|t",
                    "SELECT x FROM t GROUP BY GROUPING SETS ((a), (a, b)) WITH TOTALS HAVING 1 ORDER BY ALL|t",
                    "SELECT x FROM t ORDER BY d DESC NULLS LAST COLLATE 'en' WITH FILL FROM 1 TO 9 STEP 1 INTERPOLATE (x AS x + 1)|t",
                    "SELECT x FROM t LIMIT 1, 2 BY a, b LIMIT 3 OFFSET 4 WITH TIES|t",
                    "SELECT DISTINCT ON (a) b FROM t ORDER BY b OFFSET 1 ROW FETCH FIRST 2 ROWS ONLY|t",
                    "SELECT x IN (1, 2), y NOT IN (SELECT 1 FROM a), z GLOBAL NOT IN b FROM t|a,in:b,t",
                    "SELECT x IN (t2), y IN db.t3, in(z, t4), w IN ((t5))|in:t2,in:db.t3,in:t4,in:t5",
                    "SELECT x IN a + 1, x IN a.1, x IN a[1], x IN a::String, x IN a * 2|",
                    "WITH [1] AS arr SELECT x IN arr|",
                    "SELECT x IN arr, [1] AS arr|",
                    "SELECT dictGet('db.d', 'a', k), dictHas(d2, k), joinGet('j', 'v', k)|dictget:db.d,dicthas:d2,joinget:j",
                    "SELECT * FROM numbers(10), url('http://x', CSV) AS u|numbers(),url()",
                    "SELECT * FROM view(SELECT * FROM a), cluster('c', view(SELECT 1 FROM b))|view(),a,cluster(),b",
                    "SELECT * FROM merge('db', '^ev')|merge()",
                    "DESCRIBE TABLE db.t|db.t",
                    "DESCRIBE f(x IN t)|f(),in:t",
                    "DESC (SELECT * FROM a) FORMAT JSON|a",
                    "EXISTS TABLE db.t|db.t",
                    "SHOW CREATE TABLE t|t",
                    "SHOW COLUMNS FROM t FROM db LIKE 'x%'|t",
                    "SHOW TABLES FROM db|",
                    "EXPLAIN AST SELECT * FROM a|a",
                    "EXPLAIN actions = 1 SELECT * FROM a|a",
                    "(SELECT 1 FROM a)|a"
                })
        void inEveryPosition(String sql, String expected) {
            assertThat(references(sql)).isEqualTo(expected == null ? List.of() : List.of(expected.split(",")));
        }

        @Test
        void withAliasScopeAndPosition() {
            var reference = SqlAnalyzer.analyze("SELECT *\nFROM (SELECT * FROM events AS e)")
                    .references()
                    .getFirst();

            assertThat(reference.alias()).isEqualTo("e");
            assertThat(reference.depth()).isEqualTo(1);
            assertThat(reference.position()).isEqualTo(new SourcePosition(29, 2, 21));
        }
    }

    @Nested
    class TellsApartCommonTableExpressions {

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "WITH x AS (SELECT 1 FROM a) SELECT * FROM x, b|a,b",
                    "WITH x AS (SELECT 1), y AS (SELECT * FROM x) SELECT * FROM y WHERE 1 IN x|",
                    "WITH t AS (SELECT * FROM t) SELECT * FROM t|t",
                    "WITH RECURSIVE t AS (SELECT 1 UNION ALL SELECT x FROM t) SELECT * FROM t|",
                    "WITH x(a, b) AS MATERIALIZED (SELECT 1, 2) SELECT * FROM x|",
                    "WITH x AS (SELECT 1) SELECT * FROM x UNION ALL SELECT * FROM x|",
                    "SELECT * FROM (WITH x AS (SELECT 1) SELECT * FROM x) JOIN x ON 1|x",
                    "WITH x AS (SELECT 1) SELECT * FROM db.x|db.x",
                    "WITH x AS (SELECT 1) SELECT * FROM X|X",
                    "WITH (SELECT 1 FROM a) AS y SELECT y FROM y|a,y"
                })
        void fromTables(String sql, String expected) {
            assertThat(references(sql)).isEqualTo(expected == null ? List.of() : List.of(expected.split(",")));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "WITH a AS (SELECT * FROM b), b AS (SELECT 1) SELECT * FROM a",
                    "WITH a AS (SELECT 1), a AS (SELECT 2) SELECT * FROM a",
                    "WITH t AS (SELECT 1) SELECT * FROM (WITH t AS (SELECT * FROM t) SELECT * FROM t)"
                })
        void orRefusesWhatIsNotClear(String sql) {
            assertThatThrownBy(() -> SqlAnalyzer.analyze(sql)).isInstanceOf(SqlException.class);
        }
    }

    @Nested
    class Refuses {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "SELECT 1; SELECT 2",
                    "SELECT 1 INTO OUTFILE 'x'",
                    "SELECT * FROM {t:Identifier}",
                    "SELECT {t:Identifier}",
                    "SELECT {t:`Identifier`}",
                    "SELECT {t:Nullable(\"identifier\")}",
                    "SELECT * FROM 'file.csv'",
                    "SELECT * FROM a.b.c",
                    "SELECT * FROM `a\nb`",
                    "SELECT * FROM `a\\nb`",
                    "SELECT dictGet(concat('a', 'b'), 'x', 1)",
                    "SELECT joinGet('a\\nb', 'x', 1)",
                    "SELECT dictGet(x'41', 'x', 1)",
                    "SELECT hasColumnInTable('db', 't', 'c')",
                    "SELECT 1 FROM t STREAM",
                    "SELECT 1 FROM t UUID '1'",
                    "SELECT 1 PARALLEL WITH SELECT 2",
                    "SELECT * FROM (EXPLAIN SELECT 1)",
                    "SELECT 'open",
                    "SELECT /* open",
                    "SELECT (1",
                    "SELECT 1)",
                    "SELECT (1]",
                    "SELECT $a$ open",
                    "SELECT #x",
                    "SELECT 1 FROM t SETTINGS a = f(1)",
                    "SELECT \u0000 1",
                    "SELECT '\uD800'",
                    "SELECT",
                    "SELECT 1 +",
                    "SELECT count(SELECT 1 FROM t)",
                    "FROM t",
                    "EXPLAIN INSERT INTO t SELECT 1",
                    "SHOW PROCESSLIST",
                    "SELECT é FROM t",
                    "SHOW CREATE USERS",
                    "SELECT 1 FORMAT `JSON SETTINGS enable_analyzer = 0`",
                    "SELECT x AS a + 1 FROM t",
                    "SELECT * FROM (SELECT x AS a IN [1] FROM t)",
                    "SELECT x AS a.b FROM t",
                    "SELECT 1 FROM t ORDER BY a AS b IN u",
                    "SELECT 1 FROM a AS x, b AS a",
                    "SELECT 1 FROM a AS x JOIN (SELECT 1) AS a ON 1",
                    "WITH c AS (SELECT 1) SELECT * FROM c AS x, db.t AS c",
                    "SELECT * FROM numbers(1) AS n, n AS m",
                    "SELECT 1 FROM t |> WHERE 1"
                })
        void whatItCannotBeSureOf(String sql) {
            assertThatThrownBy(() -> SqlAnalyzer.analyze(sql)).isInstanceOf(SqlException.class);
        }

        @Test
        void andSaysWhere() {
            assertThatThrownBy(() -> SqlAnalyzer.analyze("SELECT 1\nFROM a JOIN b WHERE"))
                    .isInstanceOfSatisfying(SqlException.class, e -> {
                        assertThat(e.line()).isEqualTo(2);
                        assertThat(e.column()).isEqualTo(15);
                        assertThat(e).hasMessageContaining("ON or USING").hasMessageContaining("line 2, column 15");
                    });
        }

        @Test
        void nestingBeyondTheLimit() {
            String deep = "(".repeat(5_000) + "1" + ")".repeat(5_000);

            assertThatThrownBy(() -> SqlAnalyzer.analyze("SELECT " + deep)).hasMessageContaining("nested");
        }
    }

    @Nested
    class ReadsSettingsAndFormat {

        @Test
        @DisplayName("SQL-1 FORMAT and SETTINGS at the end, in either order")
        void ofTheStatement() {
            var first = SqlAnalyzer.analyze("SELECT 1 SETTINGS max_threads = 1, a = 'x' FORMAT CSVWithNames;");
            var second = SqlAnalyzer.analyze("SELECT 1 FORMAT JSON SETTINGS b = -1");

            assertThat(first.topLevelSettings())
                    .containsOnly(java.util.Map.entry("max_threads", "1"), java.util.Map.entry("a", "x"));
            assertThat(first.format()).isEqualTo("CSVWithNames");
            assertThat(second.topLevelSettings()).containsOnly(java.util.Map.entry("b", "-1"));
        }

        @Test
        void atEveryLevel() {
            var statement =
                    SqlAnalyzer.analyze("SELECT * FROM (SELECT 1 SETTINGS additional_table_filters = {'a': 'b'})"
                            + " WHERE x IN (SELECT 1 SETTINGS y = 2) SETTINGS z");

            assertThat(statement.settings())
                    .extracting(Setting::name)
                    .containsExactly("additional_table_filters", "y", "z");
            assertThat(statement.topLevelSettings()).containsOnlyKeys("z");
        }

        @Test
        @DisplayName("in a chain the last settings are for all of it, others for their own SELECT")
        void inAChain() {
            var statement = SqlAnalyzer.analyze("SELECT 1 SETTINGS a = 1 UNION ALL SELECT 2 SETTINGS b = 2");

            assertThat(statement.topLevelSettings()).containsOnlyKeys("b");
            assertThat(SqlRewriter.rewrite(statement, _ -> new Replacement.Keep())
                            .text())
                    .isEqualTo("SELECT 1 SETTINGS a = 1 UNION ALL SELECT 2 ");
        }

        @Test
        @DisplayName("CHI-13 query parameters")
        void parameters() {
            assertThat(SqlAnalyzer.analyze("SELECT {a:UInt8} + {b: Array(Nullable(String))}")
                            .parameters())
                    .containsExactly(
                            new QueryParameter("a", "UInt8"), new QueryParameter("b", "Array(Nullable(String))"));
        }
    }

    @Nested
    class Shapes {

        @Test
        void forgetLiteralValues() {
            assertThat(shape("SELECT 'a', 1 FROM t -- x")).isEqualTo(shape("SELECT   'b''c', 22.5 FROM t"));
            assertThat(shape("SELECT a.`é` /* 1 */\n+ 1 FROM t")).isEqualTo(shape("SELECT a.`é` + -- 2\n2 FROM t"));
            assertThat(shape("SELECT[1,'a']FROM t")).isEqualTo(shape("SELECT[0x1F,$$b$$]FROM t"));
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '\0',
                value = {
                    "SELECT dictGet('a', 'x', 1)|SELECT dictGet('b', 'x', 1)",
                    "SELECT 1 SETTINGS a = 1|SELECT 1 SETTINGS a = 2",
                    "SELECT * FROM a|SELECT * FROM b",
                    "SELECT 'a'|SELECT 1",
                    "SELECT a b|SELECT ab",
                    "SELECT 1 a|SELECT a",
                    "SELECT 'a'|SELECT x'61'",
                    "SELECT - - 1|SELECT - 1",
                    "SELECT a.1.2 FROM t|SELECT a.1 FROM t",
                    "SELECT 1 FROM t|SELECT 1, 1 FROM t",
                    "SELECT 'é' FROM a|SELECT 'é' FROM b",
                    "SELECT a|SELECT `a`"
                })
        void keepWhatNamesObjects(String first, String second) {
            assertThat(shape(first)).isNotEqualTo(shape(second));
        }

        private static String shape(String sql) {
            return SqlAnalyzer.analyze(sql).shape();
        }
    }

    @Nested
    class Expressions {

        @ParameterizedTest
        @ValueSource(
                strings = {"a = 1", "a = 1 -- comment", "a = ')' AND b IN (1, 2)", "a IN t", "a = (SELECT 1 /* ) */)"})
        void comeBackAsTheyWere(String expression) {
            SqlStatement statement = SqlAnalyzer.analyzeExpression(expression);
            RewrittenSql rewritten =
                    SqlRewriter.rewrite(statement, reference -> new Replacement.PhysicalTable("d", "p"));
            assertThat(SqlAnalyzer.expressionOf(rewritten)).isEqualTo(expression.replace("IN t", "IN `d`.`p`"));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "1), (2",
                    "1), UPDATE x = 1 WHERE (1",
                    "1) FROM t WHERE (1",
                    "1)",
                    "(1",
                    "1; SELECT 2",
                    "1) SETTINGS a = (1",
                    "'1",
                    "1 FROM t",
                    "1 FORMAT CSV"
                })
        void doNotEndTheirBrackets(String expression) {
            assertThatThrownBy(() -> SqlAnalyzer.analyzeExpression(expression)).isInstanceOf(SqlException.class);
        }
    }
}
