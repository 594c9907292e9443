package dev.rookery.catalog.snapshot;

import dev.rookery.catalog.ResourceId;
import dev.rookery.datafile.DatasourceFile;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A data source of a deployment.
 *
 * @param table the physical table in the workspace's database
 * @param quarantineTable where rows that did not fit are kept; null until the first one
 * @param quarantineName what that table is called, or will be
 * @param path the datafile's path in the project
 * @param text the datafile as it was deployed
 */
public record DatasourceEntry(
        ResourceId id,
        DatasourceFile file,
        String table,
        @Nullable String quarantineTable,
        String quarantineName,
        String path,
        String text,
        Instant createdAt,
        Instant updatedAt) {
    /** How the quarantine of a data source is called in SQL (QU-1). */
    public static final String QUARANTINE_SUFFIX = "_quarantine";

    /** One whose quarantine is named after its table. */
    public DatasourceEntry(
            ResourceId id,
            DatasourceFile file,
            String table,
            @Nullable String quarantineTable,
            String path,
            String text,
            Instant createdAt,
            Instant updatedAt) {
        this(id, file, table, quarantineTable, quarantineNameOf(table), path, text, createdAt, updatedAt);
    }

    /** How the quarantine of a table is called that has not taken over another table's. */
    public static String quarantineNameOf(String table) {
        return "q" + table.substring(1);
    }

    public String name() {
        return file.name();
    }
}
