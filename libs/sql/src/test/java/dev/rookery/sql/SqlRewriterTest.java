package dev.rookery.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SqlRewriterTest {

    private static final Replacement PHYSICAL = new Replacement.PhysicalTable("ws", "t_1");

    private static RewrittenSql rewrite(String sql, Function<TableReference, Replacement> resolver) {
        return SqlRewriter.rewrite(SqlAnalyzer.analyze(sql), resolver);
    }

    private static String text(String sql, Replacement replacement) {
        return rewrite(sql, reference -> replacement).text();
    }

    private static Replacement.FilteredTable filtered(String filter) {
        return new Replacement.FilteredTable("ws", "t_1", "q", SqlFilter.parse(filter), true, List.of());
    }

    @Nested
    class PutsPhysicalTables {

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '\0',
                value = {
                    "SELECT events.x FROM events|SELECT events.x FROM `ws`.`t_1` AS `events`",
                    "SELECT * FROM events /* c */ e FINAL -- d|SELECT * FROM `ws`.`t_1` /* c */ e FINAL -- d",
                    "SELECT * FROM main.events FINAL|SELECT * FROM `ws`.`t_1` AS `events` FINAL",
                    "SELECT main.events.x, `main`.events.* FROM main.events|SELECT events.x, events.* FROM `ws`.`t_1` AS `events`",
                    "SELECT main.events.x FROM main.events AS e|SELECT main.events.x FROM `ws`.`t_1` AS e",
                    "SELECT x IN events|SELECT x IN `ws`.`t_1`",
                    "SELECT x IN (events)|SELECT x IN (`ws`.`t_1`)",
                    "SELECT joinGet('events', 'v', 1)|SELECT joinGet('ws.t_1', 'v', 1)",
                    "SELECT joinGet(events, 'v', 1)|SELECT joinGet('ws.t_1', 'v', 1)",
                    "DESCRIBE events|DESCRIBE `ws`.`t_1`",
                    "SELECT * FROM `é`|SELECT * FROM `ws`.`t_1` AS `\\xC3\\xA9`",
                    "SELECT * FROM events;|SELECT * FROM `ws`.`t_1` AS `events`"
                })
        void andKeepsTheRest(String sql, String expected) {
            assertThat(text(sql, PHYSICAL)).isEqualTo(expected);
        }

        @Test
        void onlyWhereATableIsMeant() {
            assertThat(text(
                            "WITH events AS (SELECT * FROM events) SELECT events FROM events WHERE 'events' = events",
                            PHYSICAL))
                    .isEqualTo("WITH events AS (SELECT * FROM `ws`.`t_1` AS `events`)"
                            + " SELECT events FROM events WHERE 'events' = events");
        }

        @Test
        void andSaysWhatTheResultRefersTo() {
            var rewritten = rewrite("SELECT x IN arr FROM events, numbers(3)", reference -> switch (reference.kind()) {
                case TABLE -> PHYSICAL;
                case IN_OPERAND, FUNCTION_ARGUMENT, TABLE_FUNCTION -> new Replacement.Keep();
            });

            assertThat(rewritten.references())
                    .containsExactly(
                            new FinalReference(null, "arr", ReferenceKind.IN_OPERAND),
                            new FinalReference("ws", "t_1", ReferenceKind.TABLE),
                            new FinalReference(null, "numbers", ReferenceKind.TABLE_FUNCTION));
        }
    }

    @Nested
    @DisplayName("JWT-11 row filters")
    class Filters {

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '\0',
                value = {
                    "SELECT * FROM events|SELECT * FROM (SELECT * FROM `ws`.`t_1` AS `q`¶PREWHERE (`q`.`org` = 'a'¶)) AS `events`",
                    "SELECT * FROM events e FINAL SAMPLE 1/2 WHERE x"
                            + "|SELECT * FROM (SELECT * FROM `ws`.`t_1` AS `q` FINAL SAMPLE 1/2¶WHERE (`q`.`org` = 'a'¶)) e  WHERE x",
                    "SELECT * FROM events e PREWHERE a OR b WHERE c -- d"
                            + "|SELECT * FROM (SELECT * FROM `ws`.`t_1` AS `q`¶PREWHERE (`q`.`org` = 'a'¶)) e WHERE ( a OR b) AND ( c) -- d",
                    "SELECT * FROM events e PREWHERE a"
                            + "|SELECT * FROM (SELECT * FROM `ws`.`t_1` AS `q`¶PREWHERE (`q`.`org` = 'a'¶)) e WHERE a",
                    "SELECT x IN events" + "|SELECT x IN (SELECT * FROM `ws`.`t_1` AS `q`¶PREWHERE (`q`.`org` = 'a'¶))",
                    "DESCRIBE events|DESCRIBE `ws`.`t_1`"
                })
        void standInTheirOwnSubselect(String sql, String expected) {
            assertThat(text(sql, filtered("org = 'a'"))).isEqualTo(expected.replace('¶', '\n'));
        }

        @Test
        void qualifyEveryColumn() {
            assertThat(SqlFilter.parse("org = 'a' AND (lower(`x y`) IN ('b', 'c') OR n.m BETWEEN 1 AND 2) -- c")
                            .qualified("q"))
                    .isEqualTo(
                            "(`q`.`org` = 'a' AND (lower(`q`.`x y`) IN ('b', 'c') OR `q`.`n`.m BETWEEN 1 AND 2) -- c\n)");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "1) OR (1",
                    "a = 1; DROP TABLE t",
                    "a IN (SELECT 1)",
                    "a IN other",
                    "dictGet('d', 'a', 1) = 1",
                    "(a AS b) = 1",
                    "arrayExists(x -> 1, y)",
                    "a = {p:String}",
                    "a = 1 SETTINGS x = 1",
                    "a b",
                    "FROM(a)",
                    "from((a), b)",
                    "WITH(a)",
                    ""
                })
        void refuseWhatIsNotAConditionOnColumns(String filter) {
            assertThatThrownBy(() -> SqlFilter.parse(filter)).isInstanceOf(SqlException.class);
        }

        @ParameterizedTest
        @ValueSource(strings = {"SELECT joinGet('events', 'v', 1)", "SELECT * FROM events FINAL PREWHERE x"})
        void refuseWhatTheyCannotBeAppliedTo(String sql) {
            assertThatThrownBy(() -> text(sql, filtered("org = 1"))).isInstanceOf(SqlException.class);
        }
    }

    @Nested
    @DisplayName("PIPE-2 pipes and nodes are inlined")
    class Inlines {

        @Test
        void inBracketsWithTheirName() {
            var node = rewrite("SELECT * FROM events -- all", reference -> PHYSICAL);

            assertThat(text(
                            "SELECT node.x FROM node JOIN node AS n ON 1 WHERE 1 IN node",
                            new Replacement.Inline(node)))
                    .isEqualTo("""
                            SELECT node.x FROM (SELECT * FROM `ws`.`t_1` AS `events` -- all
                            ) AS `node` JOIN (SELECT * FROM `ws`.`t_1` AS `events` -- all
                            ) AS n ON 1 WHERE 1 IN (SELECT * FROM `ws`.`t_1` AS `events` -- all
                            )""");
        }

        @Test
        void withTheirSettingsHoisted() {
            var node = rewrite("SELECT 1 SETTINGS max_threads = 1, a = 'x''y';", reference -> PHYSICAL);
            var outer = rewrite(
                    "SELECT * FROM node SETTINGS max_threads = 2 FORMAT CSV",
                    reference -> new Replacement.Inline(node));

            assertThat(outer.text()).isEqualTo("SELECT * FROM (SELECT 1 \n) AS `node`  ");
            assertThat(outer.settings())
                    .containsEntry("max_threads", "2")
                    .containsEntry("a", "x'y")
                    .hasSize(2);
            assertThat(outer.withSettingsAndFormat())
                    .isEqualTo(
                            "SELECT * FROM (SELECT 1 \n) AS `node`  \nSETTINGS `max_threads` = 2, `a` = 'x\\'y'\nFORMAT CSV");
        }

        @Test
        void atMostTwoHundredTimes() {
            var body = rewrite("SELECT 1", reference -> PHYSICAL);
            for (int level = 1; level <= 6; level++) {
                var inner = body;
                body = rewrite("SELECT * FROM a, b", reference -> new Replacement.Inline(inner));
            }
            var last = body;

            assertThat(last.expansions()).isEqualTo(126);
            assertThatThrownBy(() -> rewrite("SELECT * FROM a, b", reference -> new Replacement.Inline(last)))
                    .isInstanceOf(SqlException.class)
                    .hasMessageContaining("200");
        }

        @ParameterizedTest
        @ValueSource(strings = {"SELECT * FROM node FINAL", "SELECT joinGet('node', 'x', 1)"})
        void notWhereATableIsNeeded(String sql) {
            var node = rewrite("SELECT 1", reference -> PHYSICAL);

            assertThatThrownBy(() -> text(sql, new Replacement.Inline(node))).isInstanceOf(SqlException.class);
        }

        @Test
        void neverWithAFormat() {
            var node = rewrite("SELECT 1 FORMAT CSV", reference -> PHYSICAL);

            assertThatThrownBy(() -> text("SELECT * FROM node", new Replacement.Inline(node)))
                    .hasMessageContaining("FORMAT");
        }
    }

    @Nested
    class WritesLiteralsCanonically {

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '\0',
                value = {
                    "SELECT 'plain', 'it''s'|SELECT 'plain', 'it''s'",
                    "SELECT 'a\\'b', 'a\\%'|SELECT 'a\\'b', 'a\\\\%'",
                    "SELECT 'é', ‘x'y’, $t$a'b$t$|SELECT '\\xC3\\xA9', 'x\\'y', 'a\\'b'",
                    "SELECT “a b”, `é`|SELECT `a b`, `\\xC3\\xA9`",
                    "SELECT 1 −− 2, −1, -−3|SELECT 1 - - 2, -1, - -3",
                    "SELECT `a`“b”, c`d`, “e”|SELECT `a` `b`, c`d`, `e`",
                    "SELECT x FROM“t”“u” JOIN v`w` ON 1|SELECT x FROM `ws`.`t_1` `u` JOIN `ws`.`t_1` `w` ON 1",
                    "SELECT“db”.t.c FROM“db”.t|SELECT t.c FROM `ws`.`t_1` AS `t`",
                    "SELECT\u00A01|SELECT 1"
                })
        void whereTheyCouldBeReadInTwoWays(String sql, String expected) {
            assertThat(text(sql, PHYSICAL)).isEqualTo(expected);
        }
    }

    @Nested
    class RefusesToKeep {

        @Test
        void aQualifiedNameToTheRightOfIn() {
            assertThatThrownBy(() -> rewrite(
                            "SELECT x IN system.one FROM events AS system",
                            reference -> reference.kind() == ReferenceKind.TABLE ? PHYSICAL : new Replacement.Keep()))
                    .hasMessageContaining("right of IN");
        }
    }

    @Nested
    class RefusesTheKinds {

        @ParameterizedTest
        @ValueSource(strings = {"SHOW TABLES", "EXISTS t", "INSERT INTO t SELECT 1", "SET x = 1", ""})
        void thatAreNotRewritten(String sql) {
            assertThatThrownBy(() -> text(sql, PHYSICAL)).isInstanceOf(SqlException.class);
        }
    }

    @Test
    @DisplayName("a statement of the longest length can be read again, although its names have become longer")
    void longStatements() {
        String part = " UNION ALL SELECT 1 FROM a";
        String sql = "SELECT 1" + part.repeat(40_000);

        var rewritten = SqlRewriter.rewrite(
                SqlAnalyzer.analyze(sql), _ -> new Replacement.PhysicalTable("database", "physical_name"));

        assertThat(rewritten.text().length()).isGreaterThan(Lexer.MAX_LENGTH);
        assertThat(rewritten.analysis().references()).hasSize(40_000);
    }
}
