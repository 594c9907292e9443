package dev.rookery.controlplane.dataoperations;

import dev.rookery.access.web.ApiException;
import dev.rookery.catalog.snapshot.DatasourceEntry;
import dev.rookery.catalog.snapshot.DeploymentView;

/** Finds data sources by what clients call them. */
final class Datasources {
    private Datasources() {}

    /** @throws ApiException 404 */
    static DatasourceEntry of(DeploymentView view, String nameOrId) {
        return view.datasource(nameOrId).orElseThrow(() -> missing(nameOrId));
    }

    /** The data source whose quarantine has that name. @throws ApiException 404 */
    static DatasourceEntry ofQuarantine(DeploymentView view, String name) {
        if (!name.endsWith(DatasourceEntry.QUARANTINE_SUFFIX)) {
            throw missing(name);
        }
        String owner = name.substring(0, name.length() - DatasourceEntry.QUARANTINE_SUFFIX.length());
        return view.datasource(owner).orElseThrow(() -> missing(name));
    }

    private static ApiException missing(String name) {
        return ApiException.notFound("Data Source \"%s\" does not exist".formatted(name));
    }
}
