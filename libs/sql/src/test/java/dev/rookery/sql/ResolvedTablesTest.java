package dev.rookery.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/**
 * The collected statements on tables that exist: the engine resolves no table that we did not find, and answers the rewritten
 * statement as the original. One in five of them; all with {@code -Psoak}.
 */
@DisplayName("The engine resolves what we resolve")
class ResolvedTablesTest {

    private static final int EVERY = Boolean.getBoolean("rookery.soak") ? 1 : 5;
    private static final Pattern TABLE = Pattern.compile("table_name: ([^, \"\\n]+)");
    private static final Set<String> MERGE_TREES = Set.of(
            "events",
            "users",
            "orders",
            "products",
            "plans",
            "countries",
            "sessions",
            "metrics",
            "prices",
            "logs",
            "states");
    private static final Set<String> OTHERS = Set.of("user_names", "user_ids", "plan_names");
    private static final SqlFilter ALL_ROWS = SqlFilter.parse("lower('A') = 'a' -- always");

    /** They tell the name of the database, or ask for what a rewritten statement does not have; the README says which. */
    private static final Pattern TELLS_NAMES = Pattern.compile(
            "(?i)database\\(\\)|schema\\(\\)|corpus\\.users\\.user_id FROM users|name AS users FROM users"
                    + "|_sample_factor");

    private final List<String> failures = new ArrayList<>();
    private final Map<String, Integer> figures = new TreeMap<>();

    @BeforeAll
    static void tables() {
        Statements.createTables("corpus");
        Statements.createTables("corpus_physical");
        ClickHouse.setUp("CREATE DATABASE IF NOT EXISTS corpus_nothing");
    }

    @Test
    void onCollectedStatements(TestReporter reporter) {
        List<String> statements = Statements.all();
        for (int i = 0; i < statements.size(); i += EVERY) {
            try {
                var statement = SqlAnalyzer.analyze(statements.get(i));
                if (statement.kind() == StatementKind.SELECT && computes(statement)) {
                    resolve(statement);
                }
            } catch (SqlException e) {
                count("refused");
            }
        }

        Figures.publish(reporter, "resolved-tables", figures);
        assertThat(failures).isEmpty();
        assertThat(figures.getOrDefault("same tables", 0)).isGreaterThan(1_500 / EVERY);
        assertThat(figures.getOrDefault("same result", 0)).isGreaterThan(1_500 / EVERY);
    }

    private static boolean computes(SqlStatement statement) {
        return statement.references().stream()
                .filter(reference -> reference.kind() == ReferenceKind.TABLE_FUNCTION)
                .allMatch(reference -> SqlPolicy.COMPUTING_TABLE_FUNCTIONS.contains(
                        reference.name().toLowerCase(Locale.ROOT)));
    }

    private void resolve(SqlStatement statement) {
        ClickHouse.Answer tree = run("EXPLAIN QUERY TREE " + statement.text(), "corpus", statement);
        if (!tree.ok()) {
            count("not about these tables");
            return;
        }
        Set<String> theirs = TABLE.matcher(tree.body())
                .results()
                .map(result -> result.group(1))
                .filter(name -> name.contains(".") && !name.startsWith("_temporary_and_external_tables"))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> ours = new TreeSet<>(Set.of("system.one"));
        statement.references().stream()
                .filter(reference -> reference.kind() != ReferenceKind.TABLE_FUNCTION)
                .forEach(reference -> ours.add(
                        (reference.database() == null ? "corpus" : reference.database()) + "." + reference.name()));
        if (!ours.containsAll(theirs)) {
            failures.add(statement.text() + " => only the engine's: " + theirs + ", ours: " + ours);
        }
        // Without FROM it reads system.one, which holds nothing.
        theirs.add("system.one");
        count(ours.equals(theirs) ? "same tables" : "fewer tables after its simplifications");
        answer(statement);
    }

    private void answer(SqlStatement statement) {
        ClickHouse.Answer original = run(statement.text(), "corpus", statement);
        if (!original.ok() || TELLS_NAMES.matcher(statement.text()).find()) {
            count("does not run, or tells the database's name");
            return;
        }
        String physical =
                SqlRewriter.rewrite(statement, ResolvedTablesTest::physical).withSettingsAndFormat();
        boolean same = same(statement, original, physical);
        try {
            String filtered =
                    SqlRewriter.rewrite(statement, ResolvedTablesTest::filtered).withSettingsAndFormat();
            same &= same(statement, original, filtered);
        } catch (SqlException e) {
            count("not with filters");
        }
        count(same ? "same result" : "another result each time");
    }

    private boolean same(SqlStatement statement, ClickHouse.Answer original, String rewritten) {
        ClickHouse.Answer answer = run(rewritten, "corpus_nothing", statement);
        if (rows(answer).equals(rows(original))) {
            return true;
        }
        if (rows(run(statement.text(), "corpus", statement)).equals(rows(original))) {
            failures.add(statement.text() + " => " + rewritten + " => " + answer.body());
        }
        return false;
    }

    /** Few statements say in which order their rows come. */
    private static List<String> rows(ClickHouse.Answer answer) {
        return answer.body().lines().sorted().toList();
    }

    private static Replacement physical(TableReference reference) {
        boolean known = reference.kind() != ReferenceKind.TABLE_FUNCTION
                && (reference.database() == null || reference.database().equals("corpus"))
                && (MERGE_TREES.contains(reference.name()) || OTHERS.contains(reference.name()));
        if (known) {
            return new Replacement.PhysicalTable("corpus_physical", reference.name());
        }
        return reference.kind() == ReferenceKind.IN_OPERAND && reference.database() != null
                ? new Replacement.PhysicalTable(reference.database(), reference.name())
                : new Replacement.Keep();
    }

    private static Replacement filtered(TableReference reference) {
        return physical(reference) instanceof Replacement.PhysicalTable(String database, String table)
                        && MERGE_TREES.contains(table)
                ? new Replacement.FilteredTable(database, table, "r", ALL_ROWS, true, List.of())
                : physical(reference);
    }

    private static ClickHouse.Answer run(String sql, String database, SqlStatement statement) {
        List<String> parameters = new ArrayList<>(List.of(Statements.values(statement)));
        parameters.addAll(List.of("database", database, "max_threads", "1", "max_execution_time", "5"));
        return ClickHouse.run(sql, parameters.toArray(String[]::new));
    }

    private void count(String figure) {
        figures.merge(figure, 1, Integer::sum);
    }
}
