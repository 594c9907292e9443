package dev.rookery.controlplane.deployments;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.rookery.catalog.clusters.ClusterPurpose;
import dev.rookery.catalog.snapshot.DatasourceEntry;
import dev.rookery.catalog.snapshot.DeploymentView;
import dev.rookery.catalog.snapshot.PipeEntry;
import dev.rookery.catalog.snapshot.WorkspaceSnapshot;
import dev.rookery.catalog.workspaces.TenantPlace;
import dev.rookery.clickhouse.ClickHouseException;
import dev.rookery.clickhouse.ClickHouseRequest;
import dev.rookery.clickhouse.ClusterConnections;
import dev.rookery.datafile.PipeFile;
import dev.rookery.datafile.PipeNode;
import dev.rookery.sql.RewrittenSql;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The columns of nodes' results, as ClickHouse tells them; nothing runs. Each pipe is asked about once. Thread safe. */
public final class NodeColumns {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String LONGEST_STATEMENT = "10";

    private final ClusterConnections connections;
    private final Cache<PipeEntry, Map<String, List<ResultColumn>>> pipes =
            Caffeine.newBuilder().weakKeys().build();

    NodeColumns(ClusterConnections connections) {
        this.connections = connections;
    }

    /** A column of a result, with ClickHouse's type. */
    public record ResultColumn(String name, String type) {}

    /**
     * The columns of every node of a pipe by the node's name; none for a node that renders only with a request's values.
     *
     * @param view the deployment that the pipe is of
     * @throws ClickHouseException when ClickHouse does not answer
     */
    public Map<String, List<ResultColumn>> of(WorkspaceSnapshot workspace, DeploymentView view, PipeEntry pipe) {
        Map<String, List<ResultColumn>> known = pipes.getIfPresent(pipe);
        if (known != null) {
            return known;
        }
        Map<String, List<ResultColumn>> columns = new HashMap<>();
        pipe.file().nodes().forEach(node -> columns.put(node.name(), columns(workspace, view, pipe.file(), node)));
        pipes.put(pipe, columns);
        return columns;
    }

    private List<ResultColumn> columns(WorkspaceSnapshot workspace, DeploymentView view, PipeFile pipe, PipeNode node) {
        TenantPlace place = workspace.place();
        Surroundings around = Surroundings.of(workspace);
        try {
            RewrittenSql statement = NodeComposer.physical(ProjectOf.view(view, around), place.database(), tables(view))
                    .compose(pipe, node);
            return read(connections.text(
                    place.cluster(),
                    ClusterPurpose.GATEWAY,
                    ClickHouseRequest.of("DESCRIBE TABLE (" + statement.text() + "\n) FORMAT JSONEachRow")
                            .with("role", around.roles(place, statement))
                            .with("max_execution_time", LONGEST_STATEMENT)));
        } catch (NodeException needsValues) {
            return List.of();
        } catch (ClickHouseException e) {
            if (e.isRetriable()) {
                throw e;
            }
            // A placeholder that does not fit where it stands.
            return List.of();
        }
    }

    private static List<ResultColumn> read(String answer) {
        List<ResultColumn> columns = new ArrayList<>();
        answer.lines().forEach(line -> {
            JsonNode row = JSON.readTree(line);
            columns.add(new ResultColumn(
                    row.path("name").asString(), row.path("type").asString()));
        });
        return columns;
    }

    private static Map<String, String> tables(DeploymentView view) {
        Map<String, String> tables = new HashMap<>();
        for (DatasourceEntry entry : view.datasources().values()) {
            tables.put(entry.name(), entry.table());
        }
        return tables;
    }
}
