package dev.rookery.gateway.query;

import dev.rookery.catalog.clusters.ClusterPurpose;
import dev.rookery.catalog.workspaces.TenantPlace;
import dev.rookery.clickhouse.ClickHouseException;
import dev.rookery.clickhouse.ClickHouseRequest;
import dev.rookery.clickhouse.ClusterConnections;
import dev.rookery.gateway.GatewayProperties;
import dev.rookery.limits.Limit;
import dev.rookery.limits.OrganizationLimits;
import dev.rookery.limits.PlanLimits;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Runs a prepared statement as the gateway's user under the tenant's role. Thread safe. */
final class QueryExecutor {
    /** The session's database: it holds no table, so that a name nobody resolved finds nothing. */
    static final String EMPTY_DATABASE = "default";

    private static final long LOOK_AT_CLIENT_EVERY_MS = 200;

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final ClusterConnections clusters;
    private final OrganizationLimits limits;
    private final GatewayProperties properties;

    QueryExecutor(ClusterConnections clusters, OrganizationLimits limits, GatewayProperties properties) {
        this.clusters = clusters;
        this.limits = limits;
        this.properties = properties;
    }

    /**
     * Sends the statement and waits for the first 64 KiB or the whole of the answer (rule 16).
     *
     * @param clientGone looked at while waiting; when it says so the query is cancelled
     * @throws ClickHouseException when ClickHouse refuses or fails it before that
     * @throws ClientGoneException when nobody waits for the answer any more
     */
    Answer run(PreparedQuery query, QueryRequest request, BooleanSupplier clientGone) {
        ClickHouseRequest call = call(query, query.sql().text(), request);
        TenantPlace place = query.snapshot().place();
        // On a virtual thread of its own an interrupt cuts the connection, even before ClickHouse has answered a word.
        var work = new FutureTask<>(() ->
                Answer.start(clusters.send(place.cluster(), ClusterPurpose.GATEWAY, call), format(query, request)));
        Thread worker = Thread.ofVirtual().name("query-", 0).start(work);
        while (true) {
            try {
                return work.get(LOOK_AT_CLIENT_EVERY_MS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException stillRunning) {
                if (clientGone.getAsBoolean()) {
                    abandon(work, worker);
                    throw new ClientGoneException();
                }
            } catch (InterruptedException e) {
                abandon(work, worker);
                Thread.currentThread().interrupt();
                throw new ClientGoneException();
            } catch (ExecutionException e) {
                throw failure(e.getCause() == null ? e : e.getCause());
            }
        }
    }

    /** ClickHouse's plan of a statement, which it does not run. */
    String plan(PreparedQuery query, QueryRequest request) {
        TenantPlace place = query.snapshot().place();
        ClickHouseRequest explain = call(
                        query, "EXPLAIN indexes = 1 " + query.sql().text(), request)
                .with("default_format", "LineAsString");
        return clusters.text(place.cluster(), ClusterPurpose.GATEWAY, explain);
    }

    private static RuntimeException failure(Throwable cause) {
        return switch (cause) {
            case RuntimeException e -> e;
            case IOException e ->
                new ClickHouseException(ClickHouseException.UNREACHABLE, "ClickHouse broke off its answer", e);
            default -> new IllegalStateException(cause);
        };
    }

    /** Whatever the worker still gets is closed unread, which cancels the query. */
    private static void abandon(FutureTask<Answer> work, Thread worker) {
        worker.interrupt();
        Thread.ofVirtual().start(() -> {
            try {
                work.get().abort();
            } catch (ExecutionException cancelled) {
                // The connection was cut, as it should be.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private static String format(PreparedQuery query, QueryRequest request) {
        String written = query.sql().format();
        return written == null || request.format().forced() ? request.format().name() : Formats.allowed(written);
    }

    private ClickHouseRequest call(PreparedQuery query, String statement, QueryRequest request) {
        Map<String, String> parameters = new LinkedHashMap<>(request.passedOn());
        parameters.put("output_format_json_quote_64bit_integers", "0");
        parameters.putAll(query.sql().settings());
        parameters.putAll(request.settings());
        PlanLimits plan = limits.of(query.snapshot().organization());
        parameters.put("max_threads", Long.toString(threads(query, plan, parameters.get("max_threads"))));
        parameters.put(
                ClientSettings.MAX_EXECUTION_TIME, seconds(plan, parameters.get(ClientSettings.MAX_EXECUTION_TIME)));
        plan.get(Limit.QUERY_RESULT).ifPresent(bytes -> parameters.put("max_result_bytes", Long.toString(bytes)));
        // From here on what is ours, which nothing above may change.
        parameters.put("query_id", request.id());
        parameters.put("role", query.roles());
        parameters.put("database", EMPTY_DATABASE);
        parameters.put("default_format", format(query, request));
        parameters.put("log_comment", logComment(query));
        parameters.put("cancel_http_readonly_queries_on_client_close", "1");
        parameters.put("wait_end_of_query", "0");
        parameters.put("http_write_exception_in_output_format", "0");
        String encoding = request.acceptEncoding();
        parameters.put("enable_http_compression", encoding == null ? "0" : "1");
        ClickHouseRequest call = ClickHouseRequest.of(statement);
        for (Map.Entry<String, String> parameter : parameters.entrySet()) {
            call = call.with(parameter.getKey(), parameter.getValue());
        }
        return encoding == null ? call : call.withHeader("Accept-Encoding", encoding);
    }

    /** The least of what the operator, the plan, the templates and the client say. */
    private long threads(PreparedQuery query, PlanLimits plan, @Nullable String wanted) {
        long allowed =
                Math.min(properties.maxThreads(), plan.get(Limit.QUERY_THREADS).orElse(Long.MAX_VALUE));
        long limit = Math.min(allowed, query.maxThreads().orElse(Integer.MAX_VALUE));
        try {
            long threads = wanted == null ? limit : Long.parseLong(wanted);
            return threads < 1 ? limit : Math.min(threads, limit);
        } catch (NumberFormatException e) {
            return limit;
        }
    }

    private String seconds(PlanLimits plan, @Nullable String wanted) {
        double limit = Math.min(
                properties.queryTimeout().toSeconds(),
                plan.get(Limit.QUERY_TIME).orElse(Long.MAX_VALUE));
        try {
            double seconds = wanted == null ? limit : Double.parseDouble(wanted);
            // 0 would mean no limit.
            return Double.toString(seconds > 0.001 && seconds < limit ? seconds : limit);
        } catch (NumberFormatException e) {
            return Double.toString(limit);
        }
    }

    private static String logComment(PreparedQuery query) {
        Map<String, String> comment = new LinkedHashMap<>();
        comment.put("workspace", query.snapshot().name());
        comment.put("pipe", query.subject());
        return JSON.writeValueAsString(comment);
    }
}
