package dev.rookery.gateway.query;

import dev.rookery.catalog.snapshot.DatasourceEntry;
import dev.rookery.catalog.snapshot.DeploymentView;
import dev.rookery.catalog.snapshot.PipeEntry;
import dev.rookery.catalog.snapshot.SharedDatasource;
import dev.rookery.catalog.snapshot.WorkspaceSnapshot;
import dev.rookery.sql.ReferenceKind;
import dev.rookery.sql.SqlException;
import dev.rookery.sql.TableReference;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Says what the names of one text mean, and whether the text may use them. What is not found here is refused: a statement
 * leaves with physical names only.
 *
 * @param own names that exist only in this text: the nodes of its pipe, or {@code _}
 * @param self the pipe the text belongs to, which it does not mean by its own name; empty for a caller's text
 */
record NameResolver(
        WorkspaceSnapshot snapshot,
        DeploymentView view,
        Door door,
        Map<String, Target> own,
        String self,
        Permissions permissions) {
    private static final Pattern COLUMN = Pattern.compile("\\w+");

    Target find(TableReference reference) {
        return switch (reference.kind()) {
            case TABLE_FUNCTION -> new Target.AsItIs();
            case IN_OPERAND -> inOperand(reference);
            case TABLE, FUNCTION_ARGUMENT -> table(reference);
        };
    }

    /**
     * To the right of IN a name may be a column as well; ClickHouse's database then has no table to take it for. A name
     * with a database in front would be taken for a table, whatever alias it looks like, so it is never kept.
     */
    private Target inOperand(TableReference reference) {
        if (isOurs(reference.database())) {
            Optional<Target> found = resource(reference.name());
            if (found.isPresent()) {
                return found.get();
            }
        }
        boolean column =
                reference.database() == null && COLUMN.matcher(reference.name()).matches();
        if (!column) {
            throw refused(reference, "'%s' after IN is neither a column nor a data source".formatted(named(reference)));
        }
        return new Target.AsItIs();
    }

    private Target table(TableReference reference) {
        String database = reference.database();
        if (isOurs(database)) {
            Optional<Target> found = resource(reference.name());
            if (found.isEmpty()) {
                permissions.requireUnknown(reference.name());
                throw refused(reference, "There is no data source or pipe named '%s'".formatted(reference.name()));
            }
            return found.get();
        }
        SharedDatasource shared = snapshot.shared().get(database + "." + reference.name());
        if (shared != null && permissions.allowShared(shared)) {
            return new Target.SharedTable(shared);
        }
        boolean system = "system".equals(database)
                && reference.kind() == ReferenceKind.TABLE
                && door.systemTables().contains(reference.name());
        if (system) {
            return new Target.AsItIs();
        }
        throw refused(reference, "'%s' cannot be read here".formatted(named(reference)));
    }

    private boolean isOurs(@Nullable String database) {
        return database == null
                || database.equals(snapshot.name())
                || (door.defaultDatabase() && database.equals("default"));
    }

    private Optional<Target> resource(String name) {
        Target known = own.get(name);
        if (known != null) {
            return Optional.of(known);
        }
        PipeEntry pipe = view.pipes().get(name);
        if (pipe != null && !name.equals(self)) {
            permissions.requirePipe(pipe);
            return Optional.of(new Target.Pipe(pipe));
        }
        DatasourceEntry datasource = view.datasources().get(name);
        if (datasource != null) {
            permissions.requireDatasource(datasource, name);
            return Optional.of(new Target.Table(datasource.table(), datasource));
        }
        return quarantine(name);
    }

    private Optional<Target> quarantine(String name) {
        if (!name.endsWith(DatasourceEntry.QUARANTINE_SUFFIX)) {
            return Optional.empty();
        }
        String of = name.substring(0, name.length() - DatasourceEntry.QUARANTINE_SUFFIX.length());
        DatasourceEntry datasource = view.datasources().get(of);
        if (datasource == null) {
            return Optional.empty();
        }
        permissions.requireDatasource(datasource, name);
        String table = datasource.quarantineTable();
        return Optional.of(
                table == null ? new Target.EmptyQuarantine(datasource) : new Target.Table(table, datasource));
    }

    private static String named(TableReference reference) {
        String database = reference.database();
        String name = database == null ? reference.name() : database + "." + reference.name();
        return name.length() <= 200 ? name : name.substring(0, 200) + "…";
    }

    private static SqlException refused(TableReference reference, String message) {
        return new SqlException(
                message, reference.position().line(), reference.position().column());
    }
}
