package dev.rookery.sql;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The second opinion: compares what we found in a statement with what ClickHouse's own parser found. Asked once for each
 * {@link SqlStatement#shape() shape} of a final, rewritten text (rule 13).
 */
public final class AstConfirmation {

    private AstConfirmation() {}

    /**
     * The differences between our reading of a text and ClickHouse's; empty if both agree.
     *
     * @param statement our analysis of the very text that was explained, of kind SELECT
     * @param explainAst the lines that ClickHouse answers to {@code EXPLAIN AST} and the text, in the format
     *     {@code TSVRaw}
     * @return one entry per name that ClickHouse found and we did not, or that we found more often, for the log
     */
    public static List<String> differences(SqlStatement statement, String explainAst) {
        Map<String, Integer> balance = new HashMap<>();
        for (ReferenceSite site : statement.sites()) {
            TableReference reference = site.reference();
            String name =
                    reference.database() == null ? reference.name() : reference.database() + '.' + reference.name();
            switch (reference.kind()) {
                case TABLE -> balance.merge("table " + name, 1, Integer::sum);
                case TABLE_FUNCTION -> balance.merge("function " + name, 1, Integer::sum);
                case IN_OPERAND -> balance.merge("in " + name, 1, Integer::sum);
                case FUNCTION_ARGUMENT -> balance.merge("argument " + name, 1, Integer::sum);
            }
        }
        statement.expressionUses().forEach(name -> balance.merge("table " + name, 1, Integer::sum));
        statement.quietOperands().forEach(name -> balance.merge("in " + name, 1, Integer::sum));
        Set<String> found = Set.copyOf(balance.keySet());
        List<String> differences = new ArrayList<>();
        new AstReader(explainAst).names(name -> {
            if (found.contains(name)) {
                balance.merge(name, -1, Integer::sum);
            } else {
                differences.add("only ClickHouse's: " + name);
            }
        });
        // ClickHouse's tree repeats the subject of BETWEEN and shared WITH clauses, so it may have a name more often.
        balance.forEach((name, count) -> {
            if (count > 0) {
                differences.add("only ours: " + name);
            }
        });
        differences.sort(null);
        return List.copyOf(differences);
    }
}
