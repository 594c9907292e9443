package dev.rookery.controlplane.deployments;

import dev.rookery.datafile.Column;
import dev.rookery.datafile.DatasourceFile;
import java.util.List;

/** What a changed datafile means for the table. */
sealed interface SchemaChange {
    /** The table stays as it is; at most descriptions, tokens or JSON paths change. */
    record None() implements SchemaChange {}

    /** New columns after the existing ones, which older rows answer with their default. */
    record AddColumns(List<Column> columns) implements SchemaChange {}

    /**
     * The table must be made anew.
     *
     * @param reason what changed, as the beginning of a sentence
     */
    record Rebuild(String reason) implements SchemaChange {}

    static SchemaChange between(DatasourceFile before, DatasourceFile after) {
        if (!before.engine().equals(after.engine())) {
            return new Rebuild("The engine or one of its options changes");
        }
        if (!before.indexes().equals(after.indexes())) {
            return new Rebuild("The indexes change");
        }
        List<Column> old = before.columns();
        if (after.columns().size() < old.size()) {
            return new Rebuild("A column is removed");
        }
        for (int i = 0; i < old.size(); i++) {
            Column now = after.columns().get(i);
            if (!stored(old.get(i)).equals(stored(now))) {
                return new Rebuild(
                        "The column '%s' changes".formatted(old.get(i).name()));
            }
        }
        List<Column> added = after.columns().subList(old.size(), after.columns().size());
        return added.isEmpty() ? new None() : new AddColumns(List.copyOf(added));
    }

    /** A column as the table knows it: where its values come from in JSON is not part of it. */
    private static Column stored(Column column) {
        return new Column(
                column.name(),
                column.type(),
                null,
                column.expression(),
                column.codec(),
                column.ttl(),
                column.comment(),
                column.at());
    }
}
