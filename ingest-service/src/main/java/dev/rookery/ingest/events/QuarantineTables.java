package dev.rookery.ingest.events;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.rookery.access.web.ApiException;
import dev.rookery.catalog.changes.ChangeLog;
import dev.rookery.catalog.clusters.ClusterPurpose;
import dev.rookery.catalog.deployments.PhysicalObject;
import dev.rookery.catalog.deployments.ResourceStore;
import dev.rookery.catalog.snapshot.DatasourceEntry;
import dev.rookery.catalog.snapshot.WorkspaceSnapshot;
import dev.rookery.clickhouse.ClickHouseException;
import dev.rookery.clickhouse.ClickHouseRequest;
import dev.rookery.clickhouse.ClusterConnections;
import dev.rookery.clickhouse.Sql;
import dev.rookery.ingest.encoding.Layout;
import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Quarantine tables, made when a data source first needs one (ALGORITHMS.md 21): announced in the catalog, created, and
 * shown to readers, in this order, so that a crash leaves nothing that is not found again. Thread safe.
 */
final class QuarantineTables {
    private static final Logger LOG = LoggerFactory.getLogger(QuarantineTables.class);

    /** Parts whose tokens are remembered; one data source feeds the table, a thousand is the least (ALGORITHMS.md A, I4). */
    private static final int DEDUPLICATION_WINDOW = 1_000;

    private final ResourceStore resources;
    private final ChangeLog changes;
    private final TransactionOperations transactions;
    private final ClusterConnections clickHouse;

    /** Physical names; one that is here exists. A snapshot in use may be older than the table. */
    private final Cache<String, Boolean> known =
            Caffeine.newBuilder().maximumSize(100_000).build();

    QuarantineTables(
            ResourceStore resources,
            ChangeLog changes,
            TransactionOperations transactions,
            ClusterConnections clickHouse) {
        this.resources = resources;
        this.changes = changes;
        this.transactions = transactions;
        this.clickHouse = clickHouse;
    }

    /**
     * Returns when the data source's quarantine can be written to and read; at once when it has one.
     *
     * @throws ApiException 503 when ClickHouse does not create it
     */
    void require(WorkspaceSnapshot workspace, DatasourceEntry entry, Layout layout) {
        if (entry.quarantineTable() == null) {
            String name = workspace.place().database() + "." + entry.table();
            var _ = known.get(name, _ -> create(workspace, entry, layout));
        }
    }

    private Boolean create(WorkspaceSnapshot workspace, DatasourceEntry entry, Layout layout) {
        PhysicalObject announced =
                transactions.execute(_ -> resources.announceQuarantine(workspace.id(), entry.id(), entry.table()));
        String table = Sql.table(workspace.place().database(), announced.name());
        try {
            clickHouse.text(
                    workspace.place().cluster(), ClusterPurpose.ADMIN, ClickHouseRequest.of(statement(table, layout)));
        } catch (ClickHouseException e) {
            throw new ApiException(
                            HttpStatus.SERVICE_UNAVAILABLE,
                            "Some rows do not fit and their quarantine cannot be made at the moment; try again",
                            e)
                    .withHeader("Retry-After", "5");
        }
        var _ = changes.commitAndAwait(() -> {
            resources.activate(workspace.id(), List.of(announced.id()));
            return announced;
        });
        LOG.info("quarantine created workspace={} source={} table={}", workspace.id(), entry.id(), announced.name());
        return Boolean.TRUE;
    }

    private static String statement(String table, Layout layout) {
        String columns = layout.quarantineColumns().stream()
                .map(column -> "  " + Sql.identifier(column.name()) + " "
                        + column.type().print())
                .collect(Collectors.joining(",\n"));
        return """
                CREATE TABLE IF NOT EXISTS %s (
                %s
                )
                ENGINE = MergeTree PARTITION BY toYYYYMM(insertion_date) ORDER BY insertion_date
                SETTINGS non_replicated_deduplication_window = %d
                """.formatted(table, columns, DEDUPLICATION_WINDOW);
    }
}
