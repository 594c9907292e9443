package dev.rookery.controlplane.projects;

import dev.rookery.datafile.DatafilePrinter;
import dev.rookery.datafile.DatasourceFile;
import java.util.List;

/**
 * What a workspace gets to see of a data source that is shared with it, and keeps below {@code vendor/} (SHR-4): what its
 * rows are like. Who may write to it, where rows come from and who else reads it stay with the owner. Canonical, so that a
 * vendored file is up to date as long as nothing of that has changed.
 */
public final class VendoredDatafile {
    private VendoredDatafile() {}

    /** The text of the vendored file. */
    public static String of(DatasourceFile file) {
        return DatafilePrinter.print(new DatasourceFile(
                file.name(),
                file.description(),
                List.of(),
                List.of(),
                file.columns(),
                file.engine(),
                file.indexes(),
                null,
                List.of(),
                null,
                null,
                null));
    }
}
