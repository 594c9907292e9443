package dev.rookery.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.template.ParameterValue;
import dev.rookery.template.RenderRequest;
import dev.rookery.template.Template;
import dev.rookery.template.TemplateException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/**
 * Attacks that go the whole way of a request: a parameter through a template, two nodes of a pipe, the analyser, the policy,
 * the rewriter and ClickHouse's parser as judge, and then onto the engine as a user who may read everything.
 */
@DisplayName("No parameter reaches a table that the pipe does not read")
class EndToEndAttackTest {

    private static final String CANARY = "CANARY-e2e-51c9";
    private static final String ORIGINAL = "e2e_ws.t_1";
    private static final SqlPolicy POLICY = new SqlPolicy(
            Set.of(), SqlPolicy.COMPUTING_TABLE_FUNCTIONS, Set.of("max_threads"), SqlPolicy.UNSAFE_FUNCTIONS);

    private final List<String> failures = new ArrayList<>();
    private final Map<String, Integer> outcomes = new TreeMap<>();

    @BeforeAll
    static void tables() {
        for (String database : List.of("e2e_canary", "e2e_empty", "e2e_ws")) {
            ClickHouse.setUp("CREATE DATABASE IF NOT EXISTS " + database);
        }
        ClickHouse.setUp("CREATE OR REPLACE TABLE e2e_canary.secret (v String, n UInt64) ENGINE = MergeTree ORDER BY v"
                + " AS SELECT '" + CANARY + "', 1");
        ClickHouse.setUp("CREATE OR REPLACE TABLE e2e_canary.lookup (k UInt8, v String)"
                + " ENGINE = Join(ANY, LEFT, k) AS SELECT 1, '" + CANARY + "'");
        ClickHouse.setUp("CREATE OR REPLACE TABLE " + ORIGINAL
                + " (tenant UInt8, x String, n UInt64, ts DateTime) ENGINE = MergeTree ORDER BY n"
                + " AS SELECT number % 2, if(number % 2, '1', '" + CANARY + "'), number, toDateTime(number)"
                + " FROM numbers(100)");
    }

    @Test
    @DisplayName("through every cast in every position")
    void throughEveryCastInEveryPosition(TestReporter reporter) {
        List<Attacks.Input> inputs = Attacks.parameters();
        for (Attacks.Input input : inputs) {
            run(input.template(), Map.of("p", ParameterValue.of(input.value())));
            run(input.template(), Map.of("p", ParameterValue.ofJson(List.of(input.value(), "1"))));
        }

        Figures.publish(reporter, "attacks-by-parameter", outcomes);
        assertThat(failures).isEmpty();
        assertThat(inputs).hasSizeGreaterThan(2_000);
        assertThat(outcomes.getOrDefault("ran", 0)).isGreaterThan(200);
    }

    @Test
    @DisplayName("through templates that are attacks themselves")
    void throughTheTemplate(TestReporter reporter) {
        List<String> templates = Attacks.templates();
        for (String template : templates) {
            run(template, Map.of("p", ParameterValue.of("e2e_canary.secret")));
        }

        Figures.publish(reporter, "attacks-by-template", outcomes);
        assertThat(failures).isEmpty();
        assertThat(templates).hasSizeGreaterThan(300);
    }

    private void run(String template, Map<String, ParameterValue> values) {
        String outcome;
        try {
            outcome = answer(template, values);
        } catch (TemplateException e) {
            outcome = "refused by the template: " + e.kind();
        } catch (SqlException _) {
            outcome = "refused by the analyser";
        }
        outcomes.merge(outcome, 1, Integer::sum);
    }

    private String answer(String template, Map<String, ParameterValue> values) {
        String sql = Template.compile(template, "node")
                .render(RenderRequest.of(values))
                .sql();
        RewrittenSql inner = rewritten(sql);
        // What an endpoint that reads the node adds; it must not be able to tell what the node was sent.
        var outer = SqlAnalyzer.analyze("SELECT * FROM node LIMIT 20");
        RewrittenSql whole = SqlRewriter.rewrite(outer, _ -> new Replacement.Inline(inner));
        var last = whole.analysis();
        ClickHouse.Answer tree = ClickHouse.run("EXPLAIN AST " + whole.text(), "default_format", "TSVRaw");
        if (!tree.ok()) {
            return "refused by ClickHouse's parser";
        }
        List<String> differences = AstConfirmation.differences(last, tree.body());
        if (!differences.isEmpty()) {
            return "refused as the parsers differ";
        }
        names(last).stream()
                .filter(name -> !Set.of(ORIGINAL, "null.numbers", "null.values", "null.view", "null.null")
                        .contains(name))
                .forEach(name -> failures.add(sql + " => names " + name));
        String body = ClickHouse.run(whole.text(), "database", "e2e_empty", "readonly", "1", "max_execution_time", "5")
                .body();
        if (body.contains(CANARY) || body.contains("root:")) {
            failures.add(sql + " => " + body);
        }
        return "ran";
    }

    private static RewrittenSql rewritten(String sql) {
        var statement = SqlAnalyzer.analyze(sql);
        POLICY.check(statement);
        return SqlRewriter.rewrite(statement, reference -> switch (reference.kind()) {
            case TABLE_FUNCTION -> new Replacement.Keep();
            case TABLE, IN_OPERAND -> {
                if (reference.database() == null && reference.name().equals("events")) {
                    yield new Replacement.FilteredTable(
                            "e2e_ws", "t_1", "q", SqlFilter.parse("tenant = 1"), true, List.of());
                }
                if (reference.kind() == ReferenceKind.IN_OPERAND && reference.database() == null) {
                    yield new Replacement.Keep();
                }
                throw new SqlException("Unknown data source " + reference.name(), 1, 1);
            }
            case FUNCTION_ARGUMENT -> throw new SqlException("Unknown data source " + reference.name(), 1, 1);
        });
    }

    /** Every name of an object, but those to the right of IN which have no database and so find nothing. */
    private static Set<String> names(SqlStatement statement) {
        Set<String> names = new LinkedHashSet<>();
        for (TableReference reference : statement.references()) {
            if (reference.kind() != ReferenceKind.IN_OPERAND || reference.database() != null) {
                names.add(reference.database() + "." + reference.name());
            }
        }
        return names;
    }
}
