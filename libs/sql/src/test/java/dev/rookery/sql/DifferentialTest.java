package dev.rookery.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/** Our reading of many statements against that of ClickHouse's own parser. */
@DisplayName("The second parser agrees")
class DifferentialTest {

    private static final int GENERATED = 3_300;

    private final List<String> disagreements = new ArrayList<>();
    private final List<String> refusals = new ArrayList<>();
    private int accepted;

    @Test
    void onGeneratedStatements(TestReporter reporter) {
        var generator = new StatementGenerator(20_26);
        for (int i = 0; i < GENERATED; i++) {
            compare(generator.statement());
        }

        reporter.publishEntry(Map.of(
                "accepted by ClickHouse",
                "" + accepted,
                "disagreements",
                "" + disagreements.size(),
                "refused",
                "" + refusals.size()));
        assertThat(disagreements).isEmpty();
        assertThat(accepted).isGreaterThan(2_000);
        assertThat(refusals).hasSizeLessThanOrEqualTo(accepted / 100);
    }

    @Test
    void onCollectedStatements() {
        statements().forEach(this::compare);

        assertThat(disagreements).isEmpty();
        assertThat(refusals).isEmpty();
        assertThat(accepted).isGreaterThan(100);
    }

    static List<String> statements() {
        try (var stream = Objects.requireNonNull(DifferentialTest.class.getResourceAsStream("statements.txt"))) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("%%"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void compare(String sql) {
        var answer = explain(withoutTail(sql));
        if (!answer.ok()) {
            return;
        }
        accepted++;
        try {
            var statement = SqlAnalyzer.analyze(withoutTail(sql));
            var differences = AstConfirmation.differences(statement, answer.body());
            if (!differences.isEmpty()) {
                disagreements.add(sql + " => " + differences);
            }
            // The identity rewriting is what ClickHouse would be sent; it must read the same.
            var rewritten =
                    SqlRewriter.rewrite(statement, DifferentialTest::same).text();
            var again = explain(rewritten);
            if (!again.ok() || !again.body().equals(answer.body())) {
                disagreements.add(sql + " => rewritten to " + rewritten + " => " + again.body());
            }
        } catch (SqlException e) {
            refusals.add(sql + " => " + e.getMessage());
        }
    }

    private static Replacement same(TableReference reference) {
        return reference.kind() == ReferenceKind.IN_OPERAND && reference.database() != null
                ? new Replacement.PhysicalTable(reference.database(), reference.name())
                : new Replacement.Keep();
    }

    private static ClickHouse.Answer explain(String sql) {
        return ClickHouse.run("EXPLAIN AST " + sql, "default_format", "TSVRaw");
    }

    private static String withoutTail(String sql) {
        int settings = sql.lastIndexOf(" SETTINGS max_threads");
        int format = sql.lastIndexOf(" FORMAT ");
        int end = settings >= 0 ? settings : format >= 0 ? format : sql.length();
        return sql.substring(0, end);
    }
}
