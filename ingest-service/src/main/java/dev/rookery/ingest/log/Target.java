package dev.rookery.ingest.log;

import dev.rookery.catalog.ResourceId;
import dev.rookery.catalog.WorkspaceId;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * Where rows go, decided at acceptance: rows accepted before a promotion go where they were promised to.
 *
 * @param workspace whose rows they are
 * @param source the data source
 * @param database the workspace's database
 * @param table the physical table
 * @param columns the INSERT's column list, in the order of the encoded values
 */
public record Target(
        WorkspaceId workspace, ResourceId source, String database, String table, BlockKind kind, List<String> columns) {
    public Target {
        columns = List.copyOf(columns);
    }

    /** Tells layouts of one table apart in deduplication tokens; equal for equal columns, in every process. */
    public String layoutKey() {
        CRC32C sum = new CRC32C();
        for (String column : columns) {
            sum.update(column.getBytes(StandardCharsets.UTF_8));
            sum.update(0);
        }
        return "%c%08x".formatted(kind == BlockKind.ROWS ? 'r' : 'q', sum.getValue());
    }
}
