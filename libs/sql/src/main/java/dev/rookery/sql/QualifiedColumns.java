package dev.rookery.sql;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * BI tools write {@code db.table.column}. A table that was replaced is addressed by its name alone, so the database in front
 * of it goes.
 */
final class QualifiedColumns {

    private final SqlStatement statement;
    private final Set<Name> replaced = new HashSet<>();

    private record Name(@Nullable String database, String table) {}

    QualifiedColumns(SqlStatement statement) {
        this.statement = statement;
    }

    void replaced(ReferenceSite site, Replacement replacement) {
        TableReference reference = site.reference();
        if (reference.database() != null
                && reference.alias() == null
                && site.aliasable()
                && !(replacement instanceof Replacement.Keep)) {
            replaced.add(new Name(reference.database(), reference.name()));
        }
    }

    void strip(List<Edit> edits) {
        for (Path column : statement.qualifiedColumns()) {
            Token database = column.first();
            Token table = column.parts().get(1);
            if (replaced.contains(new Name(database.value(), table.value()))) {
                edits.add(new Edit(database.start(), table.start(), ""));
            }
        }
    }
}
