package dev.rookery.gateway.query;

import dev.rookery.access.Access;
import dev.rookery.access.Action;
import dev.rookery.access.web.ApiException;
import dev.rookery.catalog.snapshot.DeploymentView;
import dev.rookery.catalog.snapshot.WorkspaceSnapshot;
import dev.rookery.catalog.snapshot.WorkspaceSnapshots;
import dev.rookery.clickhouse.ClickHouseException;
import dev.rookery.clickhouse.ClusterConnections;
import dev.rookery.gateway.GatewayProperties;
import dev.rookery.limits.Limit;
import dev.rookery.limits.OrganizationLimits;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;

/**
 * The one way from a request to ClickHouse, for every door: one snapshot, every name resolved and allowed, two parsers
 * agreed, then the engine as the tenant's role. Thread safe.
 */
public final class QueryService {
    private static final int UNKNOWN_TABLE = 60;

    private final WorkspaceSnapshots snapshots;
    private final OrganizationLimits limits;
    private final CompiledPipes pipes = new CompiledPipes();
    private final Statements statements = new Statements();
    private final SecondParser secondParser;
    private final QueryExecutor executor;

    public QueryService(
            WorkspaceSnapshots snapshots,
            ClusterConnections clusters,
            OrganizationLimits limits,
            GatewayProperties properties) {
        this.snapshots = snapshots;
        this.limits = limits;
        this.secondParser = new SecondParser(clusters);
        this.executor = new QueryExecutor(clusters, limits, properties);
    }

    /**
     * Runs a query; the caller writes the answer out and closes it.
     *
     * @param clientGone whether the client has closed its connection; asked now and then while nothing has been sent
     * @throws ApiException when the request names what does not exist or is not allowed
     * @throws dev.rookery.sql.SqlException when the SQL is refused
     * @throws dev.rookery.template.TemplateException when a template cannot be rendered, or refuses the parameters
     * @throws QueryException when ClickHouse refuses or fails the query
     * @throws ClientGoneException when nobody waits any more
     */
    public Answer run(QueryRequest request, BooleanSupplier clientGone) {
        WorkspaceSnapshot snapshot = snapshots.get(request.caller().workspace());
        try {
            return run(request, snapshot, clientGone);
        } catch (QueryException e) {
            if (e.code() != UNKNOWN_TABLE) {
                throw e;
            }
            // The names were ours, so a table has gone since the snapshot was taken (E4).
            return run(request, snapshots.refresh(snapshot.id()), clientGone);
        }
    }

    private PreparedQuery prepare(QueryRequest request, WorkspaceSnapshot snapshot) {
        requireShort(request.ask(), snapshot);
        DeploymentView view = snapshot.select(request.deployment())
                .orElseThrow(
                        () -> ApiException.notFound("There is no deployment '%s'".formatted(request.deployment())));
        var composition = new Composition(
                pipes, statements, snapshot, view, request.door(), request.values(), Restrictions.of(request.caller()));
        return composition.prepare(request.ask(), Permissions.of(request.caller()));
    }

    /** LIM-22; what a pipe is made of was checked when it was deployed. */
    private void requireShort(Ask ask, WorkspaceSnapshot snapshot) {
        String sql = switch (ask) {
            case Ask.Endpoint endpoint -> endpoint.over();
            case Ask.Statement statement -> statement.sql();
        };
        OptionalLong limit = limits.of(snapshot.organization()).get(Limit.QUERY_SQL);
        if (sql != null && limit.isPresent() && sql.getBytes(StandardCharsets.UTF_8).length > limit.getAsLong()) {
            throw ApiException.badRequest(
                    "The SQL is longer than %d bytes; make a pipe of it".formatted(limit.getAsLong()));
        }
    }

    private Answer run(QueryRequest request, WorkspaceSnapshot snapshot, BooleanSupplier clientGone) {
        PreparedQuery query = prepare(request, snapshot);
        try {
            secondParser.confirm(query.sql(), snapshot.place(), request.passedOn());
            return execute(query, request, clientGone);
        } catch (ClickHouseException e) {
            throw ErrorTranslator.translate(e, query.view(), query.filtered());
        }
    }

    /**
     * Explains an endpoint for somebody who may see the SQL of the workspace's pipes.
     *
     * @throws RuntimeException as {@link #run} does
     */
    public Explanation explain(QueryRequest request) {
        Access.to(request.caller(), Action.READ_RESOURCES).require();
        WorkspaceSnapshot snapshot = snapshots.get(request.caller().workspace());
        PreparedQuery query = prepare(request, snapshot);
        try {
            secondParser.confirm(query.sql(), snapshot.place(), Map.of());
            String plan = executor.plan(query, request);
            return new Explanation(
                    ErrorTranslator.tenantNames(query.sql().text(), query.view()),
                    ErrorTranslator.tenantNames(plan, query.view()));
        } catch (ClickHouseException e) {
            throw ErrorTranslator.translate(e, query.view(), query.filtered());
        }
    }

    /**
     * ClickHouse compresses the words of an error too, which the connection hands over unread. Such a query is asked once
     * more for its words alone; those that may have cost much have words of ours.
     */
    private Answer execute(PreparedQuery query, QueryRequest request, BooleanSupplier clientGone) {
        try {
            return executor.run(query, request, clientGone);
        } catch (ClickHouseException e) {
            if (request.acceptEncoding() == null || !ErrorTranslator.needsWords(e.code())) {
                throw e;
            }
            return executor.run(query, request.uncompressed(), clientGone);
        }
    }
}
