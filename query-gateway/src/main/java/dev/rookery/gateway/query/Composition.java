package dev.rookery.gateway.query;

import dev.rookery.access.web.ApiException;
import dev.rookery.catalog.snapshot.DeploymentView;
import dev.rookery.catalog.snapshot.PipeEntry;
import dev.rookery.catalog.snapshot.WorkspaceSnapshot;
import dev.rookery.datafile.PipeNode;
import dev.rookery.datafile.PipeType;
import dev.rookery.sql.Replacement;
import dev.rookery.sql.RewrittenSql;
import dev.rookery.sql.SqlException;
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
import org.jspecify.annotations.Nullable;

/**
 * Puts one statement together out of nodes and pipes, bottom up, for one request and one snapshot. Whoever may call an
 * endpoint may read what it is made of; what a caller's own SQL names is checked name by name. Not thread safe.
 */
final class Composition {
    private final CompiledPipes pipes;
    private final Statements statements;
    private final WorkspaceSnapshot snapshot;
    private final DeploymentView view;
    private final Door door;
    private final Map<String, ParameterValue> values;
    private final Map<Place, RewrittenSql> done = new HashMap<>();
    private final Set<Place> underway = new LinkedHashSet<>();
    private final List<String> missing = new ArrayList<>();
    private OptionalInt maxThreads = OptionalInt.empty();

    private record Place(String pipe, String node) {}

    Composition(
            CompiledPipes pipes,
            Statements statements,
            WorkspaceSnapshot snapshot,
            DeploymentView view,
            Door door,
            Map<String, ParameterValue> values) {
        this.pipes = pipes;
        this.statements = statements;
        this.snapshot = snapshot;
        this.view = view;
        this.door = door;
        this.values = values;
    }

    PreparedQuery prepare(Ask ask, Permissions permissions) {
        return switch (ask) {
            case Ask.Endpoint(String name, var over) -> {
                CompiledPipe pipe = endpoint(name, permissions);
                RewrittenSql sql =
                        over == null ? node(pipe, pipe.output()) : statement(over, callersNames(pipe, permissions));
                yield prepared(sql, pipe.name());
            }
            case Ask.Statement(String sql, var pipeline, var database) -> {
                if (database != null && !database.equals(snapshot.name()) && !database.equals("default")) {
                    throw ApiException.notFound("The database '%s' does not exist; the workspace's is '%s'"
                            .formatted(database, snapshot.name()));
                }
                CompiledPipe pipe = pipeline == null ? null : readable(pipeline, permissions);
                yield prepared(statement(sql, callersNames(pipe, permissions)), "query_api");
            }
        };
    }

    private PreparedQuery prepared(RewrittenSql sql, String subject) {
        if (!missing.isEmpty()) {
            throw TemplateException.missingParameters(missing);
        }
        return new PreparedQuery(snapshot, view, sql, subject, maxThreads);
    }

    private CompiledPipe endpoint(String name, Permissions permissions) {
        PipeEntry entry = pipe(name);
        permissions.requirePipe(entry.name());
        if (entry.file().type() != PipeType.ENDPOINT) {
            throw ApiException.notFound(
                    "The pipe '%s' is not published: none of its nodes has TYPE endpoint".formatted(entry.name()));
        }
        return pipes.of(entry);
    }

    private CompiledPipe readable(String name, Permissions permissions) {
        PipeEntry entry = pipe(name);
        permissions.requirePipe(entry.name());
        return pipes.of(entry);
    }

    private PipeEntry pipe(String name) {
        return view.pipe(name).orElseThrow(() -> ApiException.notFound("The pipe '%s' does not exist".formatted(name)));
    }

    private NameResolver callersNames(@Nullable CompiledPipe pipe, Permissions permissions) {
        Map<String, Target> own = pipe == null ? Map.of() : Map.of("_", new Target.Node(pipe, pipe.output()));
        return new NameResolver(snapshot, view, door, own, "", permissions);
    }

    private RewrittenSql statement(String sql, NameResolver names) {
        SqlStatement statement = statements.read(render(Template.compile(sql, "query"), Composition::noSecret));
        if (statement.kind() != StatementKind.SELECT && statement.kind() != StatementKind.DESCRIBE) {
            throw new SqlException("Only SELECT and DESCRIBE statements can be run here", 1, 1);
        }
        return SqlRewriter.rewrite(statement, reference -> replacement(reference, names));
    }

    private RewrittenSql node(CompiledPipe pipe, PipeNode node) {
        var place = new Place(pipe.name(), node.name());
        RewrittenSql known = done.get(place);
        if (known != null) {
            return known;
        }
        if (!underway.add(place)) {
            throw ApiException.badRequest("The node '%s' of the pipe '%s' reads from itself, through %s"
                    .formatted(node.name(), pipe.name(), through()));
        }
        SqlStatement statement = statements.read(render(pipe.template(node), snapshot.secrets()::value));
        if (statement.kind() != StatementKind.SELECT) {
            throw ApiException.badRequest(
                    "The node '%s' of the pipe '%s' is not a SELECT".formatted(node.name(), pipe.name()));
        }
        var names = new NameResolver(
                snapshot, view, Door.API, pipe.targetsOf(node), pipe.name(), Permissions.INSIDE_A_PIPE);
        RewrittenSql rewritten = SqlRewriter.rewrite(statement, reference -> replacement(reference, names));
        underway.remove(place);
        done.put(place, rewritten);
        return rewritten;
    }

    private String through() {
        return String.join(" and ", underway.stream().map(Place::node).toList());
    }

    private Replacement replacement(TableReference reference, NameResolver names) {
        return switch (names.find(reference)) {
            case Target.Node(var pipe, var node) -> inline(pipe, node);
            case Target.Pipe(var entry) -> {
                CompiledPipe pipe = pipes.of(entry);
                yield inline(pipe, pipe.output());
            }
            case Target.Table(var table) ->
                new Replacement.PhysicalTable(snapshot.place().database(), table);
            case Target.EmptyQuarantine(var datasource) ->
                new Replacement.Inline(Quarantine.empty(datasource, statements));
            case Target.AsItIs() -> new Replacement.Keep();
        };
    }

    /** Parameters that are missing are collected over all nodes, so that the client is told once. */
    private Replacement inline(CompiledPipe pipe, PipeNode node) {
        try {
            return new Replacement.Inline(node(pipe, node));
        } catch (TemplateException e) {
            if (e.kind() != TemplateException.Kind.MISSING_PARAMETERS) {
                throw e;
            }
            missing.addAll(e.missingParameters());
            underway.remove(new Place(pipe.name(), node.name()));
            return new Replacement.Keep();
        }
    }

    /** Whoever sends SQL of their own could select what they read, and a secret's value is shown to nobody. */
    private static Optional<String> noSecret(String name) {
        throw ApiException.forbidden(
                "The secret '%s' can be read by the nodes of pipes only, not by a query".formatted(name));
    }

    private String render(Template template, Function<String, Optional<String>> secrets) {
        Rendered rendered = template.render(RenderRequest.of(values).withSecrets(secrets));
        rendered.maxThreads().ifPresent(this::limitThreads);
        return rendered.sql();
    }

    private void limitThreads(int threads) {
        maxThreads = OptionalInt.of(maxThreads.isPresent() ? Math.min(maxThreads.getAsInt(), threads) : threads);
    }
}
