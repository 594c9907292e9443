package dev.rookery.gateway.query;

import dev.rookery.access.web.ApiException;
import dev.rookery.catalog.snapshot.DatasourceEntry;
import dev.rookery.catalog.snapshot.DeploymentView;
import dev.rookery.catalog.snapshot.PipeEntry;
import dev.rookery.catalog.snapshot.WorkspaceSnapshot;
import dev.rookery.catalog.workspaces.TenantPlace;
import dev.rookery.datafile.PipeNode;
import dev.rookery.datafile.PipeType;
import dev.rookery.sql.Replacement;
import dev.rookery.sql.RewrittenSql;
import dev.rookery.sql.SqlException;
import dev.rookery.sql.SqlFilter;
import dev.rookery.sql.SqlRewriter;
import dev.rookery.sql.SqlStatement;
import dev.rookery.sql.StatementKind;
import dev.rookery.sql.TableReference;
import dev.rookery.template.ParameterValue;
import dev.rookery.template.RenderRequest;
import dev.rookery.template.Rendered;
import dev.rookery.template.Template;
import dev.rookery.template.TemplateException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Puts one statement together out of nodes and pipes, bottom up, for one request and one snapshot. Whoever may call an
 * endpoint may read what it is made of; what a caller's own SQL names is checked name by name. Restrictions of the caller's
 * token hold everywhere. Not thread safe.
 */
final class Composition {
    /** What the rows of a filtered table are called where the filter reads them. */
    private static final String FILTERED_ROWS = "filtered_rows";

    private final CompiledPipes pipes;
    private final Statements statements;
    private final WorkspaceSnapshot snapshot;
    private final DeploymentView view;
    private final Door door;
    private final Bindings given;
    private final Restrictions restrictions;
    private final Map<Rendering, RewrittenSql> done = new HashMap<>();
    private final Set<Place> underway = new LinkedHashSet<>();
    private final List<String> missing = new ArrayList<>();
    private OptionalInt maxThreads = OptionalInt.empty();
    private boolean filtered;

    private record Place(String pipe, String node) {}

    private record Rendering(Place place, Bindings bindings) {}

    Composition(
            CompiledPipes pipes,
            Statements statements,
            WorkspaceSnapshot snapshot,
            DeploymentView view,
            Door door,
            Map<String, ParameterValue> values,
            Restrictions restrictions) {
        this.pipes = pipes;
        this.statements = statements;
        this.snapshot = snapshot;
        this.view = view;
        this.door = door;
        this.given = new Bindings(values);
        this.restrictions = restrictions;
    }

    PreparedQuery prepare(Ask ask, Permissions permissions) {
        return switch (ask) {
            case Ask.Endpoint(String name, var over) -> {
                PipeEntry pipe = endpoint(name, permissions);
                RewrittenSql sql = over == null
                        ? output(pipe, given)
                        : statement(over, callersNames(pipe, permissions), within(pipe, given));
                yield prepared(sql, pipe.name());
            }
            case Ask.Statement(String sql, var pipeline, var database) -> {
                if (database != null && !database.equals(snapshot.name()) && !database.equals("default")) {
                    throw ApiException.notFound("The database '%s' does not exist; the workspace's is '%s'"
                            .formatted(database, snapshot.name()));
                }
                PipeEntry pipe = pipeline == null ? null : readable(pipeline, permissions);
                yield prepared(statement(sql, callersNames(pipe, permissions), given), "query_api");
            }
        };
    }

    private PreparedQuery prepared(RewrittenSql sql, String subject) {
        if (!missing.isEmpty()) {
            throw TemplateException.missingParameters(missing);
        }
        return new PreparedQuery(snapshot, view, sql, subject, maxThreads, filtered);
    }

    private PipeEntry endpoint(String name, Permissions permissions) {
        PipeEntry entry = readable(name, permissions);
        if (entry.file().type() != PipeType.ENDPOINT) {
            throw ApiException.notFound(
                    "The pipe '%s' is not published: none of its nodes has TYPE endpoint".formatted(entry.name()));
        }
        return entry;
    }

    private PipeEntry readable(String name, Permissions permissions) {
        Optional<PipeEntry> entry = view.pipe(name);
        permissions.requirePath(entry, name);
        return entry.orElseThrow(() -> ApiException.notFound("The pipe '%s' does not exist".formatted(name)));
    }

    private NameResolver callersNames(@Nullable PipeEntry pipe, Permissions permissions) {
        Map<String, Target> own = pipe == null ? Map.of() : Map.of("_", new Target.Pipe(pipe));
        return new NameResolver(snapshot, view, door, own, "", permissions);
    }

    private RewrittenSql statement(String sql, NameResolver names, Bindings bindings) {
        SqlStatement statement =
                statements.read(render(Template.compile(sql, "query"), bindings, Composition::noSecret));
        if (statement.kind() != StatementKind.SELECT && statement.kind() != StatementKind.DESCRIBE) {
            throw new SqlException("Only SELECT and DESCRIBE statements can be run here", 1, 1);
        }
        return SqlRewriter.rewrite(statement, reference -> replacement(reference, names, bindings));
    }

    /** What a pipe's readers get, with the parameters that the caller's token fixes for it. */
    private RewrittenSql output(PipeEntry entry, Bindings outer) {
        CompiledPipe pipe = pipes.of(entry);
        return node(pipe, pipe.output(), within(entry, outer));
    }

    private Bindings within(PipeEntry pipe, Bindings outer) {
        return outer.within(pipe.name(), restrictions.fixed(pipe));
    }

    private RewrittenSql node(CompiledPipe pipe, PipeNode node, Bindings bindings) {
        var place = new Place(pipe.name(), node.name());
        var rendering = new Rendering(place, bindings);
        RewrittenSql known = done.get(rendering);
        if (known != null) {
            return known;
        }
        if (!underway.add(place)) {
            throw ApiException.badRequest("The node '%s' of the pipe '%s' reads from itself, through %s"
                    .formatted(node.name(), pipe.name(), through()));
        }
        SqlStatement statement = statements.read(render(pipe.template(node), bindings, snapshot.secrets()::value));
        if (statement.kind() != StatementKind.SELECT) {
            throw ApiException.badRequest(
                    "The node '%s' of the pipe '%s' is not a SELECT".formatted(node.name(), pipe.name()));
        }
        var names = new NameResolver(
                snapshot, view, Door.API, pipe.targetsOf(node), pipe.name(), Permissions.INSIDE_A_PIPE);
        RewrittenSql rewritten = SqlRewriter.rewrite(statement, reference -> replacement(reference, names, bindings));
        underway.remove(place);
        done.put(rendering, rewritten);
        return rewritten;
    }

    private String through() {
        return String.join(" and ", underway.stream().map(Place::node).toList());
    }

    private Replacement replacement(TableReference reference, NameResolver names, Bindings bindings) {
        return switch (names.find(reference)) {
            case Target.Node(var pipe, var node) -> inline(() -> node(pipe, node, bindings));
            case Target.Pipe(var entry) -> inline(() -> output(entry, bindings));
            case Target.Table(var table, var datasource) ->
                table(snapshot.place(), table, datasource.name(), datasource);
            case Target.SharedTable(var shared) ->
                table(shared.place(), shared.entry().table(), shared.name(), shared.entry());
            case Target.EmptyQuarantine(var datasource) ->
                new Replacement.Inline(Quarantine.empty(datasource, statements));
            case Target.AsItIs() -> new Replacement.Keep();
        };
    }

    private Replacement table(TenantPlace place, String table, String name, DatasourceEntry datasource) {
        String database = place.database();
        Optional<SqlFilter> filter = restrictions.filter(name, datasource);
        if (filter.isEmpty()) {
            return new Replacement.PhysicalTable(database, table);
        }
        filtered = true;
        boolean quarantine = !table.equals(datasource.table());
        boolean prewhere = quarantine || datasource.file().engine().kind().isMergeTree();
        return new Replacement.FilteredTable(database, table, FILTERED_ROWS, filter.get(), prewhere, List.of());
    }

    /** Parameters that are missing are collected over all nodes, so that the client is told once. */
    private Replacement inline(Supplier<RewrittenSql> body) {
        Set<Place> before = Set.copyOf(underway);
        try {
            return new Replacement.Inline(body.get());
        } catch (TemplateException e) {
            if (e.kind() != TemplateException.Kind.MISSING_PARAMETERS) {
                throw e;
            }
            missing.addAll(e.missingParameters());
            underway.retainAll(before);
            return new Replacement.Keep();
        }
    }

    /** Whoever sends SQL of their own could select what they read, and a secret's value is shown to nobody. */
    private static Optional<String> noSecret(String name) {
        throw ApiException.forbidden(
                "The secret '%s' can be read by the nodes of pipes only, not by a query".formatted(name));
    }

    private String render(Template template, Bindings bindings, Function<String, Optional<String>> secrets) {
        Rendered rendered = template.render(RenderRequest.of(bindings.values()).withSecrets(secrets));
        rendered.maxThreads().ifPresent(this::limitThreads);
        return rendered.sql();
    }

    private void limitThreads(int threads) {
        maxThreads = OptionalInt.of(maxThreads.isPresent() ? Math.min(maxThreads.getAsInt(), threads) : threads);
    }
}
