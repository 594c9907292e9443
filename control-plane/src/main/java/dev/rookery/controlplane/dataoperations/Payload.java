package dev.rookery.controlplane.dataoperations;

import dev.rookery.catalog.jobs.JobFailedException;
import dev.rookery.catalog.snapshot.DatasourceEntry;
import dev.rookery.catalog.snapshot.WorkspaceSnapshot;
import dev.rookery.clickhouse.Sql;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows that come instead (RD-1, RD-4): those of the collected ones that fulfil the condition, where there is one. For
 * one replace; not thread safe.
 *
 * @param table their physical table, of the same columns and partition key as the data source's
 */
record Payload(
        Swaps swaps,
        WorkspaceSnapshot workspace,
        DatasourceEntry entry,
        String table,
        @Nullable Condition condition) {

    /** @throws JobFailedException when the data source was deployed anew while they were collected */
    void requireSameShape() {
        String database = workspace.place().database();
        String differs = swaps.admin(workspace.place(), """
                        SELECT count() != 2 OR uniqExact(partition_key) != 1
                               OR (SELECT uniqExact(columns) != 1
                                     FROM (SELECT table, groupArray((name, type)) AS columns
                                             FROM (SELECT table, name, type, position FROM system.columns
                                                    WHERE database = %1$s AND table IN (%2$s, %3$s) ORDER BY table, position)
                                            GROUP BY table))
                          FROM system.tables WHERE database = %1$s AND name IN (%2$s, %3$s) FORMAT TSV
                        """.formatted(
                        Sql.literal(database), Sql.literal(table), Sql.literal(entry.table())));
        if (!differs.strip().equals("0")) {
            throw new JobFailedException("The data source has changed since the rows were read; try again");
        }
    }

    boolean isWhole() {
        return condition == null;
    }

    /** The partitions that are replaced. */
    List<String> partitions() {
        return swaps.admin(
                        workspace.place(),
                        "SELECT DISTINCT _partition_id FROM %s%s ORDER BY _partition_id FORMAT TSVRaw"
                                .formatted(name(), where()))
                .lines()
                .toList();
    }

    /** A query for them. */
    String select(String columns) {
        return "SELECT %s FROM %s%s".formatted(columns, name(), where());
    }

    /** A query for the rows of a table that stay, also those of which the condition says nothing (RD-5). */
    String selectKept(String columns, String from) {
        return condition == null
                ? ""
                : "SELECT %s FROM %s WHERE NOT ifNull(%s, 0)"
                        .formatted(columns, Sql.table(workspace.place().database(), from), condition.sql());
    }

    private String name() {
        return Sql.table(workspace.place().database(), table);
    }

    private String where() {
        return condition == null ? "" : " WHERE " + condition.sql();
    }
}
