package dev.rookery.sql;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds for every text, whether it makes sense or not. */
class SqlPropertiesTest {

    private static final List<String> PIECES = List.of(
            "SELECT",
            "FROM",
            "WITH",
            "AS",
            "WHERE",
            "PREWHERE",
            "JOIN",
            "ON",
            "UNION ALL",
            "IN",
            "NOT",
            "FINAL",
            "SETTINGS a = 1",
            "FORMAT JSON",
            "CASE WHEN",
            "END",
            "INTERVAL",
            "x",
            "b",
            "t",
            "db.t",
            "db.t.c",
            "`q`",
            "\"d\"",
            "“c”",
            "‘s’",
            "'s'",
            "'e\\'s'",
            "$h$x$h$",
            "x'41'",
            "1",
            ".5",
            "1e",
            "0x",
            "(",
            ")",
            "[",
            "]",
            "{p:UInt8}",
            ",",
            ".",
            "*",
            "-",
            "−",
            "--",
            "/",
            "/*",
            "*/",
            "#",
            "->",
            "::",
            "?",
            ":",
            "=",
            "<",
            ">",
            " ",
            "\n",
            "\u00A0",
            "f(",
            "EXCEPT",
            "é",
            "`é`",
            "'é'",
            "\\",
            ";",
            "count(",
            "dictGet('d', ");

    @Provide
    Arbitrary<String> soup() {
        return Arbitraries.of(PIECES).list().ofMaxSize(30).map(pieces -> String.join("", pieces));
    }

    @Provide
    Arbitrary<String> spacedSoup() {
        return Arbitraries.of(PIECES).list().ofMaxSize(30).map(pieces -> "SELECT " + String.join(" ", pieces));
    }

    @Provide
    Arbitrary<String> statements() {
        return Arbitraries.longs().map(seed -> new StatementGenerator(seed).statement());
    }

    @Property(tries = 5_000)
    void anyTextIsAnalysedOrRefused(@ForAll("soup") String sql) {
        check(sql);
    }

    @Property(tries = 5_000)
    void anySequenceOfTokensIsAnalysedOrRefused(@ForAll("spacedSoup") String sql) {
        check(sql);
    }

    @Property(tries = 2_000)
    void anyStatementIsAnalysedOrRefused(@ForAll("statements") String sql) {
        check(sql);
    }

    @Property(tries = 2_000)
    void anyPlainTextIsAnalysedOrRefused(@ForAll String sql) {
        check(sql);
    }

    private static void check(String sql) {
        SqlInvariants.check(sql);
        SqlInvariants.checkBesides(sql);
    }
}
