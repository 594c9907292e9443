package dev.rookery.controlplane.deployments;

import dev.rookery.catalog.snapshot.DatasourceEntry;
import dev.rookery.controlplane.deployments.Project.Source;
import dev.rookery.datafile.DatasourceFile;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a data source.
 *
 * @param live how it is live; null for a new one
 */
record PlannedDatasource(
        Source<DatasourceFile> source, @Nullable DatasourceEntry live, Treatment treatment) {
    boolean isRebuilt() {
        return treatment instanceof Treatment.Make;
    }
}
