package dev.rookery.catalog.ingestion;

import dev.rookery.catalog.ResourceId;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Write plans in Postgres. Only barriers add to them. Thread safe. */
public final class WritePlans {
    private final JdbcClient jdbc;

    public WritePlans(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** All plans of these data sources in a partition; those without any are left out. */
    public Map<ResourceId, PlanHistory> of(LogPartition partition, Collection<ResourceId> sources) {
        if (sources.isEmpty()) {
            return Map.of();
        }
        Map<ResourceId, Map<Long, WritePlan>> found = new HashMap<>();
        jdbc.sql("""
                        select source_id, start_offset, statements from write_plans
                         where topic = :topic and partition = :partition and source_id in (:sources) order by version
                        """)
                .param("topic", partition.topic())
                .param("partition", partition.partition())
                .param("sources", sources.stream().map(ResourceId::value).toList())
                .query(row -> {
                    var source = new ResourceId(row.getObject("source_id", UUID.class));
                    found.computeIfAbsent(source, _ -> new HashMap<>())
                            .put(row.getLong("start_offset"), WritePlan.parse(row.getString("statements")));
                });
        Map<ResourceId, PlanHistory> result = new HashMap<>();
        found.forEach((source, plans) -> result.put(source, new PlanHistory(plans)));
        return result;
    }

    /** The plan that new records of a data source are stored by; the same in all partitions. */
    public WritePlan current(ResourceId source) {
        return jdbc.sql("select statements from write_plans where source_id = :source order by version desc limit 1")
                .param("source", source.value())
                .query(String.class)
                .optional()
                .map(WritePlan::parse)
                .orElse(WritePlan.AS_ACCEPTED);
    }

    /** Makes a plan the current one from a source's boundaries on. In the transaction that ends the barrier. */
    void add(ResourceId source, Map<LogPartition, Long> boundaries, WritePlan plan) {
        int version = 1
                + jdbc.sql("select coalesce(max(version), 0) from write_plans where source_id = :source")
                        .param("source", source.value())
                        .query(Integer.class)
                        .single();
        boundaries.forEach((partition, start) -> jdbc.sql("""
                        insert into write_plans (source_id, topic, partition, version, start_offset, statements)
                        values (:source, :topic, :partition, :version, :start, :statements)
                        """)
                .param("source", source.value())
                .param("topic", partition.topic())
                .param("partition", partition.partition())
                .param("version", version)
                .param("start", start)
                .param("statements", plan.text())
                .update());
    }
}
