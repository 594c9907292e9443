package dev.rookery.controlplane.resources;

import dev.rookery.catalog.ResourceId;
import dev.rookery.catalog.WorkspaceId;
import dev.rookery.catalog.ingestion.SourceDelay;
import dev.rookery.catalog.snapshot.DatasourceEntry;
import dev.rookery.catalog.snapshot.SharedDatasource;
import dev.rookery.controlplane.ClientTime;
import dev.rookery.datafile.Column;
import dev.rookery.datafile.Connector;
import dev.rookery.datafile.DatasourceFile;
import dev.rookery.datafile.Located;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Data sources as clients read them (client-contract.md 8), in the form of a list and in that of a single one. */
final class DatasourceAnswers {
    /** What comes along with {@code columns}: a client that asks for four attributes parses eight. */
    static final String[] WITH_COLUMNS = {"engine", "indexes", "new_columns_detected", "quarantine_rows"};

    private final ResourceGraph graph;
    private final Map<String, TableSize> sizes;
    private final Map<ResourceId, Set<WorkspaceId>> readers;
    private final Map<ResourceId, SourceDelay> delays;

    /**
     * @param sizes by name of the table
     * @param readers the workspaces that data sources are shared with
     * @param delays those whose rows are stored late
     */
    DatasourceAnswers(
            ResourceGraph graph,
            Map<String, TableSize> sizes,
            Map<ResourceId, Set<WorkspaceId>> readers,
            Map<ResourceId, SourceDelay> delays) {
        this.graph = graph;
        this.sizes = sizes;
        this.readers = readers;
        this.delays = delays;
    }

    record Reference(String id, String name) {}

    record Commit(String contentSha, String path, String status) {}

    record Schema(List<ColumnAnswer.Detailed> columns, String sqlSchema) {}

    /** Rows that are accepted and not stored yet, because inserts of their data source fail (IP-7). */
    record DelayedIngestion(
            String since,
            String reason,
            long rows,
            long bytes,
            @Nullable String oldest) {
        static @Nullable DelayedIngestion of(@Nullable SourceDelay delay) {
            if (delay == null) {
                return null;
            }
            Instant oldest = delay.backlog().oldest();
            return new DelayedIngestion(
                    ClientTime.plain(delay.since()),
                    delay.reason(),
                    delay.backlog().rows(),
                    delay.backlog().bytes(),
                    oldest == null ? null : ClientTime.plain(oldest));
        }
    }

    record Index(
            String name,
            String expr,
            String typeFull,
            @Nullable Integer granularity) {}

    /** One of a list. */
    Map<String, @Nullable Object> listed(DatasourceEntry entry) {
        DatasourceFile file = entry.file();
        Map<String, @Nullable Object> answer = common(entry);
        answer.put("engine", EngineAnswer.listed(file.engine()));
        answer.put("columns", columns(file));
        answer.put("new_columns_detected", Map.of());
        return answer;
    }

    /** A data source of another workspace, one of a list. */
    Map<String, @Nullable Object> listed(SharedDatasource shared) {
        return asShared(shared, listed(shared.entry()));
    }

    /** A single data source of another workspace. */
    Map<String, @Nullable Object> detailed(SharedDatasource shared) {
        return asShared(shared, detailed(shared.entry()));
    }

    private Map<String, @Nullable Object> asShared(SharedDatasource shared, Map<String, @Nullable Object> answer) {
        answer.put("name", shared.name());
        answer.put("shared_from", shared.owner().toString());
        answer.put("used_by", usedBy(shared.name()));
        return answer;
    }

    /** A single one. */
    Map<String, @Nullable Object> detailed(DatasourceEntry entry) {
        DatasourceFile file = entry.file();
        Map<String, @Nullable Object> answer = common(entry);
        answer.put("engine", EngineAnswer.detailed(file.engine()));
        answer.put(
                "schema",
                new Schema(
                        file.columns().stream().map(ColumnAnswer.Detailed::of).toList(), ColumnAnswer.sqlSchema(file)));
        answer.put("columns", columns(file));
        answer.put("new_columns_detected", false);
        Located<String> ttl = file.engine().ttl();
        if (ttl != null) {
            answer.put("ttl", ttl.value());
        }
        if (file.forwardQuery() != null) {
            answer.put("forward_query", file.forwardQuery().text());
        }
        return answer;
    }

    private Map<String, @Nullable Object> common(DatasourceEntry entry) {
        DatasourceFile file = entry.file();
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("id", entry.id().toString());
        answer.put("name", entry.name());
        answer.put(
                "description",
                file.description() == null ? "" : file.description().value());
        answer.put("type", type(file));
        answer.put("service", service(file));
        answer.put("created_at", ClientTime.plain(entry.createdAt()));
        answer.put("updated_at", ClientTime.plain(entry.updatedAt()));
        answer.put("shared_from", null);
        answer.put(
                "shared_with",
                readers.getOrDefault(entry.id(), Set.of()).stream()
                        .map(WorkspaceId::toString)
                        .toList());
        answer.put("indexes", indexes(file));
        answer.put("statistics", sizeOf(entry.table()).statistics());
        answer.put("quarantine_rows", quarantined(entry));
        answer.put("used_by", usedBy(entry.name()));
        answer.put("tags", Map.of());
        answer.put("version", 0);
        answer.put("cluster", "tinybird");
        answer.put("replicated", false);
        answer.put("project", null);
        answer.put("headers", Map.of());
        answer.put("errors_discarded_at", null);
        answer.put("delayed_ingestion", DelayedIngestion.of(delays.get(entry.id())));
        answer.put("last_commit", new Commit("", "", "ok"));
        return answer;
    }

    private List<Reference> usedBy(String name) {
        return graph.readersOf(name).stream()
                .map(pipe -> new Reference(pipe.id().toString(), pipe.name()))
                .toList();
    }

    private long quarantined(DatasourceEntry entry) {
        String table = entry.quarantineTable();
        return table == null ? 0 : sizeOf(table).rows();
    }

    private TableSize sizeOf(String table) {
        return sizes.getOrDefault(table, TableSize.EMPTY);
    }

    private static List<ColumnAnswer.Listed> columns(DatasourceFile file) {
        return file.columns().stream().map(ColumnAnswer.Listed::of).toList();
    }

    private static List<Index> indexes(DatasourceFile file) {
        return file.indexes().stream()
                .map(index -> new Index(index.name(), index.expression(), index.type(), index.granularity()))
                .toList();
    }

    /** Where rows come from, in the words of clients. */
    private static String type(DatasourceFile file) {
        String service = service(file);
        if (service != null) {
            return service;
        }
        return file.columns().stream().map(Column::jsonPath).anyMatch(Objects::nonNull) ? "ndjson" : "csv";
    }

    private static @Nullable String service(DatasourceFile file) {
        return switch (file.connector()) {
            case null -> null;
            case Connector.Kafka _ -> "kafka";
            case Connector.ObjectStorage storage -> {
                Located<String> uri = storage.bucketUri();
                yield uri != null && uri.value().startsWith("gs://") ? "gcs" : "s3";
            }
        };
    }
}
