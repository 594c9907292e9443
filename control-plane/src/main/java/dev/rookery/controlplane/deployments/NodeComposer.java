package dev.rookery.controlplane.deployments;

import dev.rookery.catalog.snapshot.DatasourceEntry;
import dev.rookery.catalog.snapshot.SharedDatasource;
import dev.rookery.clickhouse.Sql;
import dev.rookery.controlplane.deployments.Project.Source;
import dev.rookery.datafile.DatasourceFile;
import dev.rookery.datafile.PipeFile;
import dev.rookery.datafile.PipeNode;
import dev.rookery.sql.ReferenceKind;
import dev.rookery.sql.Replacement;
import dev.rookery.sql.RewrittenSql;
import dev.rookery.sql.SqlAnalyzer;
import dev.rookery.sql.SqlException;
import dev.rookery.sql.SqlPolicy;
import dev.rookery.sql.SqlRewriter;
import dev.rookery.sql.SqlStatement;
import dev.rookery.sql.StatementKind;
import dev.rookery.sql.TableReference;
import dev.rookery.template.RenderRequest;
import dev.rookery.template.Template;
import dev.rookery.template.TemplateException;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Makes one statement of a node and all it reads from: other nodes of its pipe, other pipes, data sources. Templates are
 * rendered with the placeholders of undefined parameters. One instance per statement's use; not thread safe.
 */
final class NodeComposer {
    private static final Set<String> SYSTEM_TABLES = Set.of("one", "numbers", "numbers_mt", "zeros", "zeros_mt");

    private final Project project;
    private final Function<String, Replacement.PhysicalTable> tables;
    private final Function<SharedDatasource, Replacement.PhysicalTable> sharedTables;
    private final Set<String> inProgress = new HashSet<>();

    private NodeComposer(
            Project project,
            Function<String, Replacement.PhysicalTable> tables,
            Function<SharedDatasource, Replacement.PhysicalTable> sharedTables) {
        this.project = project;
        this.tables = tables;
        this.sharedTables = sharedTables;
    }

    /** Data sources stay under their own names, for a look at what is read. */
    static NodeComposer byName(Project project) {
        return new NodeComposer(
                project,
                name -> new Replacement.PhysicalTable("", name),
                shared -> new Replacement.PhysicalTable(
                        shared.ownerName(), shared.entry().name()));
    }

    /** Data sources become the tables of a database. */
    static NodeComposer physical(Project project, String database, Map<String, String> tables) {
        return new NodeComposer(
                project,
                name -> {
                    String table = tables.get(name);
                    if (table == null) {
                        throw new IllegalStateException("no table for the data source " + name);
                    }
                    return new Replacement.PhysicalTable(database, table);
                },
                shared -> new Replacement.PhysicalTable(
                        shared.place().database(), shared.entry().table()));
    }

    /** @throws NodeException when something it reads is missing, goes in circles, or is not understood */
    RewrittenSql compose(PipeFile pipe, PipeNode node) {
        String key = pipe.name() + "." + node.name();
        if (!inProgress.add(key)) {
            throw new NodeException("The pipe '%s' reads from itself".formatted(pipe.name()));
        }
        try {
            String sql = node.sql().isTemplate() ? render(node) : node.sql().text();
            SqlStatement statement = SqlAnalyzer.analyze(sql);
            policy(statement).check(statement);
            if (statement.kind() != StatementKind.SELECT || statement.format() != null) {
                throw new NodeException("A node is one SELECT, without FORMAT");
            }
            return SqlRewriter.rewrite(statement, reference -> resolve(pipe, node, reference));
        } catch (SqlException e) {
            throw new NodeException(String.valueOf(e.getMessage()), e);
        } finally {
            inProgress.remove(key);
        }
    }

    /** Whether the databases it names may be named is a matter of what is shared, and decided reference by reference. */
    private static SqlPolicy policy(SqlStatement statement) {
        Set<String> databases = statement.references().stream()
                .map(TableReference::database)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
        return new SqlPolicy(databases, SqlPolicy.COMPUTING_TABLE_FUNCTIONS, Set.of(), SqlPolicy.UNSAFE_FUNCTIONS);
    }

    private String render(PipeNode node) {
        try {
            return Template.compile(node.sql().text(), node.name())
                    .render(RenderRequest.of(Map.of())
                            .withSecrets(project.around().secrets()))
                    .sql();
        } catch (TemplateException e) {
            throw new NodeException(String.valueOf(e.getMessage()), e);
        }
    }

    private Replacement resolve(PipeFile pipe, PipeNode node, TableReference reference) {
        if (reference.kind() == ReferenceKind.TABLE_FUNCTION) {
            return new Replacement.Keep();
        }
        if ("system".equals(reference.database())) {
            if (!SYSTEM_TABLES.contains(reference.name())) {
                throw new NodeException("The table 'system.%s' cannot be used here".formatted(reference.name()));
            }
            return new Replacement.Keep();
        }
        if (reference.database() != null) {
            return project.around()
                    .shared(reference.database(), reference.name())
                    .map(sharedTables)
                    .orElseThrow(() -> new NodeException(
                            "There is no '%s.%s': name the workspace's own data sources and pipes alone, and others only when they are shared with it"
                                    .formatted(reference.database(), reference.name())));
        }
        String name = reference.name();
        Optional<PipeNode> sibling = pipe.nodes().stream()
                .filter(other -> other.name().equals(name) && !name.equals(node.name()))
                .findFirst();
        if (sibling.isPresent()) {
            return new Replacement.Inline(compose(pipe, sibling.get()));
        }
        if (project.datasources().containsKey(name)) {
            return tables.apply(name);
        }
        Source<PipeFile> other = project.pipes().get(name);
        if (other != null) {
            return new Replacement.Inline(compose(other.file(), outputOf(other.file())));
        }
        Optional<Source<DatasourceFile>> quarantined = quarantined(name);
        if (quarantined.isPresent()) {
            return new Replacement.Inline(emptyQuarantine(quarantined.get().file()));
        }
        if (reference.kind() == ReferenceKind.IN_OPERAND) {
            return new Replacement.Keep();
        }
        throw new NodeException("There is no data source, pipe or node named '%s'".formatted(name));
    }

    /** The node that a pipe is read through: the endpoint, else the last one. */
    static PipeNode outputOf(PipeFile pipe) {
        return pipe.outputNode().orElse(pipe.nodes().getLast());
    }

    private Optional<Source<DatasourceFile>> quarantined(String name) {
        if (!name.endsWith(DatasourceEntry.QUARANTINE_SUFFIX)) {
            return Optional.empty();
        }
        String base = name.substring(0, name.length() - DatasourceEntry.QUARANTINE_SUFFIX.length());
        return Optional.ofNullable(project.datasources().get(base));
    }

    private static RewrittenSql emptyQuarantine(DatasourceFile file) {
        String columns = file.columns().stream()
                .map(column -> "CAST(NULL, 'Nullable(String)') AS " + Sql.identifier(column.name()))
                .collect(Collectors.joining(", "));
        String sql = """
                SELECT %s, CAST([], 'Array(String)') AS c__error_column, CAST([], 'Array(String)') AS c__error,
                       CAST(NULL, 'Nullable(String)') AS c__import_id, toDateTime(0) AS insertion_date
                 WHERE 0
                """.formatted(columns);
        return SqlRewriter.rewrite(SqlAnalyzer.analyze(sql), _ -> new Replacement.Keep());
    }
}
