package dev.rookery.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/** Our reading of many statements against that of ClickHouse's own parser. */
@DisplayName("The second parser agrees")
class DifferentialTest {

    private static final int GENERATED = Boolean.getBoolean("rookery.soak") ? 50_000 : 1_500;

    private final List<String> disagreements = new ArrayList<>();
    private final List<String> refusals = new ArrayList<>();
    private final List<String> rejected = new ArrayList<>();
    private int accepted;

    @Test
    void onGeneratedStatements(TestReporter reporter) {
        var generator = new StatementGenerator(20_26);
        for (int i = 0; i < GENERATED; i++) {
            compare(generator.statement());
        }

        publish(reporter, "agreement-generated");
        assertThat(disagreements).isEmpty();
        assertThat(accepted).isGreaterThan(GENERATED / 2);
        assertThat(refusals).hasSizeLessThanOrEqualTo(accepted / 100);
    }

    @Test
    @DisplayName("on the collection of 2,000 statements, of which at most one in a hundred is refused")
    void onCollectedStatements(TestReporter reporter) {
        List<String> statements = Statements.all();
        statements.forEach(this::compare);

        publish(reporter, "agreement-collected");
        assertThat(disagreements).isEmpty();
        assertThat(rejected).isEmpty();
        assertThat(statements).doesNotHaveDuplicates().hasSizeGreaterThanOrEqualTo(2_000);
        assertThat(refusals).hasSizeLessThanOrEqualTo(accepted / 100);
    }

    private void publish(TestReporter reporter, String name) {
        Figures.publish(
                reporter,
                name,
                Map.of(
                        "statements that ClickHouse's parser accepts", accepted,
                        "read differently", disagreements.size(),
                        "refused", refusals.size()));
    }

    private void compare(String sql) {
        try {
            var statement = SqlAnalyzer.analyze(sql);
            var answer = explain(sql, statement);
            if (answer.ok()) {
                accepted++;
                agree(statement, answer.body());
            } else {
                rejected.add(sql + " => " + answer.body());
            }
        } catch (SqlException e) {
            if (ClickHouse.run("EXPLAIN AST " + sql).ok()) {
                accepted++;
                refusals.add(sql + " => " + e.getMessage());
            } else {
                rejected.add(sql);
            }
        }
    }

    private void agree(SqlStatement statement, String tree) {
        List<String> differences = switch (statement.kind()) {
            case SELECT, EXPLAIN, DESCRIBE -> AstConfirmation.differences(statement, tree);
            case SHOW, EXISTS -> asked(statement, tree);
            case OTHER -> List.of("not read at all");
        };
        if (!differences.isEmpty()) {
            disagreements.add(statement.text() + " => " + differences);
        }
        if (statement.kind() == StatementKind.SELECT) {
            // The identity rewriting is what ClickHouse would be sent; it must read the same.
            var rewritten =
                    SqlRewriter.rewrite(statement, DifferentialTest::same).withSettingsAndFormat();
            var again = explain(rewritten, statement);
            if (!again.ok() || !withoutSettings(again.body()).equals(withoutSettings(tree))) {
                disagreements.add(statement.text() + " => rewritten to " + rewritten + " => " + again.body());
            }
        }
    }

    /** These trees hold the table as plain names; that of SHOW COLUMNS holds none. */
    private static List<String> asked(SqlStatement statement, String tree) {
        if (tree.startsWith("ShowColumns")) {
            return statement.references().size() == 1 ? List.of() : List.of("not one table");
        }
        boolean table = tree.startsWith("ShowCreate")
                || tree.startsWith("ExistsTable")
                || tree.startsWith("ExistsView")
                || tree.startsWith("ExistsQuery");
        String theirs = tree.lines()
                .filter(line -> line.startsWith(" Identifier ") && table)
                .map(line -> line.substring(" Identifier ".length()))
                .filter(name -> !name.equals(statement.format()))
                .collect(Collectors.joining("."));
        String ours = statement.references().stream()
                .map(reference -> (reference.database() == null ? "" : reference.database() + ".") + reference.name())
                .collect(Collectors.joining(", "));
        return ours.equals(theirs) ? List.of() : List.of("ours " + ours + ", theirs " + theirs);
    }

    private static Replacement same(TableReference reference) {
        return reference.kind() == ReferenceKind.IN_OPERAND && reference.database() != null
                ? new Replacement.PhysicalTable(reference.database(), reference.name())
                : new Replacement.Keep();
    }

    private static ClickHouse.Answer explain(String sql, SqlStatement statement) {
        List<String> parameters = new ArrayList<>(List.of(Statements.values(statement)));
        parameters.addAll(List.of("default_format", "TSVRaw"));
        return ClickHouse.run("EXPLAIN AST " + sql, parameters.toArray(String[]::new));
    }

    /** Settings of the whole statement can stand before or after FORMAT. */
    private static String withoutSettings(String tree) {
        return tree.lines()
                .filter(line -> !line.strip().equals("Set"))
                .map(line -> line.replaceAll(" \\(children \\d+\\)$", ""))
                .collect(Collectors.joining("\n"));
    }
}
