package dev.rookery.controlplane.deployments;

import dev.rookery.controlplane.deployments.Project.Source;
import dev.rookery.datafile.Column;
import dev.rookery.datafile.DatasourceFile;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a data source.
 *
 * @param table the table of the live deployment that goes on serving it; null when it gets a new one
 * @param addedColumns what is added to that table when the deployment goes live
 */
record PlannedDatasource(
        Source<DatasourceFile> source, @Nullable String table, List<Column> addedColumns) {
    PlannedDatasource {
        addedColumns = List.copyOf(addedColumns);
    }

    boolean isRebuilt() {
        return table == null;
    }
}
