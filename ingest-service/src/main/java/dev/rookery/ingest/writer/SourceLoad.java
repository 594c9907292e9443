package dev.rookery.ingest.writer;

import dev.rookery.catalog.ResourceId;
import dev.rookery.catalog.WorkspaceId;
import dev.rookery.catalog.ingestion.Backlog;
import dev.rookery.catalog.ingestion.PlanHistory;
import dev.rookery.catalog.ingestion.WritePlan.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What a data source has in a range of the log.
 *
 * @param chunks in the order of their first records; at least one
 */
record SourceLoad(ResourceId source, WorkspaceId workspace, List<Chunk> chunks, Backlog backlog) {
    SourceLoad {
        chunks = List.copyOf(chunks);
    }

    /** By data source, in the order of their first chunks. */
    static Map<ResourceId, SourceLoad> of(List<Chunk> chunks, List<ConsumerRecord<byte[], byte[]>> records) {
        Map<ResourceId, List<Chunk>> bySource = new LinkedHashMap<>();
        chunks.forEach(chunk -> bySource.computeIfAbsent(chunk.target().source(), _ -> new ArrayList<>())
                .add(chunk));
        Map<ResourceId, SourceLoad> loads = new LinkedHashMap<>();
        bySource.forEach((source, mine) -> {
            long first = mine.stream().mapToLong(Chunk::first).min().orElseThrow();
            loads.put(
                    source,
                    new SourceLoad(source, mine.getFirst().target().workspace(), mine, backlog(mine, first, records)));
        });
        return loads;
    }

    private static Backlog backlog(List<Chunk> chunks, long first, List<ConsumerRecord<byte[], byte[]>> records) {
        long rows = chunks.stream().mapToLong(Chunk::rows).sum();
        long bytes = chunks.stream()
                .flatMap(chunk -> chunk.blocks().stream())
                .mapToLong(block -> block.length())
                .sum();
        Instant oldest = records.stream()
                .filter(record -> record.offset() == first)
                .map(record -> Instant.ofEpochMilli(record.timestamp()))
                .findFirst()
                .orElse(null);
        return new Backlog(rows, bytes, oldest);
    }

    /** The graphs that its chunks are sent to. */
    Set<String> graphs(PlanHistory plans) {
        Set<String> graphs = new LinkedHashSet<>();
        for (Chunk chunk : chunks) {
            plans.at(chunk.first()).of(chunk.target().table()).forEach(statement -> graphs.add(statement.graph()));
        }
        return graphs;
    }

    /** Every insert of one graph, in order. */
    List<Delivery> deliveries(PlanHistory plans, String graph) {
        List<Delivery> deliveries = new ArrayList<>();
        for (Chunk chunk : chunks) {
            for (Statement statement : plans.at(chunk.first()).of(chunk.target().table())) {
                if (statement.graph().equals(graph)) {
                    deliveries.add(new Delivery(chunk, statement.table()));
                }
            }
        }
        return deliveries;
    }
}
