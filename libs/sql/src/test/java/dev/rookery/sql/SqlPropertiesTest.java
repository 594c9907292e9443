package dev.rookery.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
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
        try {
            var statement = SqlAnalyzer.analyze(sql);
            boolean kept = statement.references().stream()
                    .noneMatch(
                            reference -> reference.kind() == ReferenceKind.IN_OPERAND && reference.database() != null);
            if (statement.kind() == StatementKind.SELECT && kept) {
                identityReadsTheSame(statement);
                replacementLeavesNoName(statement);
            }
        } catch (SqlException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }

    private static void identityReadsTheSame(SqlStatement statement) {
        var rewritten = SqlRewriter.rewrite(statement, reference -> new Replacement.Keep());
        var again = SqlAnalyzer.analyze(rewritten.withSettingsAndFormat());

        assertThat(names(again)).isEqualTo(names(statement));
        assertThat(again.functions().keySet()).isEqualTo(statement.functions().keySet());
        assertThat(again.topLevelSettings()).isEqualTo(statement.topLevelSettings());
        assertThat(SqlRewriter.rewrite(again, reference -> new Replacement.Keep())
                        .withSettingsAndFormat())
                .isEqualToIgnoringWhitespace(rewritten.withSettingsAndFormat());
        if (statement.hoisted().isEmpty()) {
            assertThat(tokens(rewritten.text())).isEqualTo(tokens(statement.text()));
        }
        if (statement.hoisted().isEmpty() && statement.lexed().edits().isEmpty()) {
            assertThat(rewritten.text()).isEqualTo(statement.text());
        }
    }

    /** What the final text refers to is what the rewriter says it refers to. */
    private static void replacementLeavesNoName(SqlStatement statement) {
        var rewritten = SqlRewriter.rewrite(statement, reference -> switch (reference.kind()) {
            case TABLE, IN_OPERAND, FUNCTION_ARGUMENT -> new Replacement.PhysicalTable("ws", "t_1");
            case TABLE_FUNCTION -> new Replacement.Keep();
        });
        var found = SqlAnalyzer.analyze(rewritten.text()).references().stream()
                .map(reference -> new FinalReference(reference.database(), reference.name(), reference.kind()))
                .toList();

        assertThat(found).isEqualTo(rewritten.references());
    }

    private static List<FinalReference> names(SqlStatement statement) {
        return statement.references().stream()
                .map(reference -> new FinalReference(reference.database(), reference.name(), reference.kind()))
                .toList();
    }

    private static List<String> tokens(String sql) {
        return Arrays.stream(Lexer.lex(sql).tokens())
                .map(token -> token.type() + ":" + token.value())
                .toList();
    }
}
