package dev.rookery.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** What holds for every text, whether it makes sense or not: for the properties, and for the fuzzer. */
final class SqlInvariants {

    private static final SqlPolicy POLICY = new SqlPolicy(
            Set.of("db", "main"),
            SqlPolicy.COMPUTING_TABLE_FUNCTIONS,
            Set.of("max_threads"),
            SqlPolicy.UNSAFE_FUNCTIONS);
    private static final SqlFilter FILTER = SqlFilter.parse("tenant = 'é' AND a > 1 -- all");

    private SqlInvariants() {}

    /** Fails if the text is neither refused with the library's own exception nor read and rewritten without a change of sense. */
    static void check(String sql) {
        try {
            var statement = SqlAnalyzer.analyze(sql);
            assertThat(statement.text()).isSameAs(sql);
            boolean kept = statement.references().stream()
                    .noneMatch(
                            reference -> reference.kind() == ReferenceKind.IN_OPERAND && reference.database() != null);
            if (statement.kind() == StatementKind.SELECT && kept) {
                identityReadsTheSame(statement);
            }
            if (statement.kind() == StatementKind.SELECT) {
                replacementLeavesNoName(statement);
            }
        } catch (SqlException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }

    /** The same for what a gateway does besides: the policy, filters on every table, and the text as a filter itself. */
    static void checkBesides(String sql) {
        refusedOrDone(() -> POLICY.check(SqlAnalyzer.analyze(sql)));
        refusedOrDone(() -> filtersStay(SqlAnalyzer.analyze(sql)));
        refusedOrDone(() -> filterStandsAlone(SqlFilter.parse(sql)));
    }

    private static void refusedOrDone(Runnable step) {
        try {
            step.run();
        } catch (SqlException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }

    private static void identityReadsTheSame(SqlStatement statement) {
        var rewritten = SqlRewriter.rewrite(statement, reference -> new Replacement.Keep());
        var again = reread(rewritten.withSettingsAndFormat());

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

        var again = reread(rewritten.text());
        assertThat(names(again)).isEqualTo(rewritten.references());
        assertThat(again.shape()).isEqualTo(rewritten.analysis().shape());
    }

    /** Each table is read once for each place that names it, behind its filter. */
    private static void filtersStay(SqlStatement statement) {
        if (statement.kind() != StatementKind.SELECT) {
            return;
        }
        var rewritten = SqlRewriter.rewrite(statement, reference -> switch (reference.kind()) {
            case TABLE, IN_OPERAND ->
                new Replacement.FilteredTable("ws", "t_1", "q", FILTER, true, List.of("a", "tenant"));
            case FUNCTION_ARGUMENT, TABLE_FUNCTION -> new Replacement.Keep();
        });
        var found = reread(rewritten.text()).references().stream()
                .filter(reference -> "ws".equals(reference.database())
                        && reference.name().equals("t_1")
                        && reference.kind() == ReferenceKind.TABLE)
                .count();
        long filtered = statement.references().stream()
                .filter(reference ->
                        reference.kind() == ReferenceKind.TABLE || reference.kind() == ReferenceKind.IN_OPERAND)
                .count();

        assertThat(found).isGreaterThanOrEqualTo(filtered);
    }

    /** A filter in its brackets ends there: no part of it reaches what stands behind. */
    private static void filterStandsAlone(SqlFilter filter) {
        var statement = reread("SELECT 1 FROM t AS q WHERE " + filter.qualified("q") + " AND marker IN (7)");

        assertThat(names(statement)).containsExactly(new FinalReference(null, "t", ReferenceKind.TABLE));
        assertThat(tokens(statement.text())).endsWith("CLOSE_ROUND:", "END:");
    }

    /** What we wrote ourselves must be understood; a refusal here is a fault. */
    private static SqlStatement reread(String sql) {
        try {
            return SqlAnalyzer.analyze(sql);
        } catch (SqlException e) {
            throw new AssertionError("Rewritten to what is refused: " + sql, e);
        }
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
