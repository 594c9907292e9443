package dev.rookery.catalog.ingestion;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What the rows of a data source are sent to (ALGORITHMS.md B). Immutable; a table that no statement mentions is written
 * as the records say.
 *
 * @param statements in the order in which a chunk is sent to them
 */
public record WritePlan(List<Statement> statements) {
    /** Every record goes where it was promised to. */
    public static final WritePlan AS_ACCEPTED = new WritePlan(List.of());

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,62}");

    /**
     * One INSERT of a chunk.
     *
     * @param accepted the table that the records name
     * @param graph which tables and views it belongs to; failures of one graph do not hold up another
     * @param table the table that is written, of the same columns
     */
    public record Statement(String accepted, String graph, String table) {
        public Statement {
            for (String name : List.of(accepted, graph, table)) {
                if (!NAME.matcher(name).matches()) {
                    throw new IllegalArgumentException("'%s' is no generated name".formatted(name));
                }
            }
        }
    }

    public WritePlan {
        statements = List.copyOf(statements);
    }

    /** What a chunk for a table is sent to; never empty. */
    public List<Statement> of(String accepted) {
        List<Statement> mine = statements.stream()
                .filter(statement -> statement.accepted().equals(accepted))
                .toList();
        return mine.isEmpty() ? List.of(new Statement(accepted, LaneKey.LIVE, accepted)) : mine;
    }

    /** The graphs it writes to; the live one is always among them. */
    public Set<String> graphs() {
        Set<String> graphs = new LinkedHashSet<>(Set.of(LaneKey.LIVE));
        statements.forEach(statement -> graphs.add(statement.graph()));
        return graphs;
    }

    /** The same with another table in the place of one, also for records that name the old one: truncate and replace. */
    public WritePlan redirected(String table, String other) {
        List<Statement> changed = new ArrayList<>();
        boolean named = false;
        for (Statement statement : statements) {
            named |= statement.accepted().equals(table);
            changed.add(
                    statement.table().equals(table)
                            ? new Statement(statement.accepted(), statement.graph(), other)
                            : statement);
        }
        if (!named) {
            changed.add(new Statement(table, LaneKey.LIVE, other));
        }
        return new WritePlan(changed);
    }

    /** The same without what is told of tables that no record names any more. */
    public WritePlan withoutAccepted(Collection<String> tables) {
        return new WritePlan(statements.stream()
                .filter(statement -> !tables.contains(statement.accepted()))
                .toList());
    }

    /**
     * The same, with whatever is stored in a table sent to another one too, under a graph of its own: staging. That goes for
     * records that name a table of before it as well.
     */
    public WritePlan alsoTo(String table, String graph, String other) {
        List<Statement> changed = new ArrayList<>(statements);
        if (statements.stream().noneMatch(statement -> statement.accepted().equals(table))) {
            changed.add(new Statement(table, LaneKey.LIVE, table));
        }
        for (Statement statement : List.copyOf(changed)) {
            if (statement.graph().equals(LaneKey.LIVE) && statement.table().equals(table)) {
                changed.add(new Statement(statement.accepted(), graph, other));
            }
        }
        return new WritePlan(changed);
    }

    /** The same without a graph. */
    public WritePlan without(String graph) {
        return new WritePlan(statements.stream()
                .filter(statement -> !statement.graph().equals(graph))
                .toList());
    }

    /** The same without any graph but the live one and some others. */
    public WritePlan liveAnd(Collection<String> others) {
        return new WritePlan(statements.stream()
                .filter(statement -> statement.graph().equals(LaneKey.LIVE) || others.contains(statement.graph()))
                .toList());
    }

    String text() {
        StringBuilder text = new StringBuilder();
        for (Statement s : statements) {
            text.append(s.accepted())
                    .append(' ')
                    .append(s.graph())
                    .append(' ')
                    .append(s.table())
                    .append('\n');
        }
        return text.toString();
    }

    static WritePlan parse(String text) {
        return new WritePlan(text.lines()
                .map(line -> line.split(" ", -1))
                .map(parts -> new Statement(parts[0], parts[1], parts[2]))
                .toList());
    }
}
