package dev.rookery.controlplane.deployments;

import dev.rookery.catalog.CatalogException;
import dev.rookery.catalog.ResourceId;
import dev.rookery.catalog.WorkspaceId;
import dev.rookery.catalog.shares.ShareStore;
import dev.rookery.catalog.snapshot.DatasourceEntry;
import dev.rookery.catalog.snapshot.DeploymentView;
import dev.rookery.controlplane.deployments.Project.Source;
import dev.rookery.datafile.DatasourceFile;
import dev.rookery.datafile.Located;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which workspaces SHARED_WITH lines let read a data source (SHR-1): any of the same organization, for what is given away
 * is the owner's. Shares that people made are never touched. Thread safe.
 */
final class DatafileShares {
    private static final Logger LOG = LoggerFactory.getLogger(DatafileShares.class);

    private final ShareStore shares;

    DatafileShares(ShareStore shares) {
        this.shares = shares;
    }

    /** Everything that is wrong with the lines of a project. */
    List<ProjectError> check(WorkspaceId owner, Project project) {
        List<ProjectError> errors = new ArrayList<>();
        if (!shares.mayShare(owner)) {
            return errors;
        }
        for (Source<DatasourceFile> source : project.datasources().values()) {
            for (Located<String> reader : source.file().sharedWith()) {
                try {
                    shares.readerNamed(owner, reader.value());
                } catch (CatalogException e) {
                    errors.add(ProjectError.of(source.path(), reader.at().line(), String.valueOf(e.getMessage())));
                }
            }
        }
        return errors;
    }

    /** Makes the shares what a deployment's lines say, in the caller's transaction. */
    void apply(WorkspaceId owner, DeploymentView deployment) {
        if (!shares.mayShare(owner)) {
            return;
        }
        Map<ResourceId, Set<WorkspaceId>> wanted = new HashMap<>();
        for (DatasourceEntry entry : deployment.datasources().values()) {
            for (Located<String> reader : entry.file().sharedWith()) {
                try {
                    wanted.computeIfAbsent(entry.id(), _ -> new HashSet<>())
                            .add(shares.readerNamed(owner, reader.value()));
                } catch (CatalogException e) {
                    // It was there when the deployment was checked: a promotion does not fail for one who left since.
                    LOG.warn("Data source {} of {} is not shared: {}", entry.id(), owner, e.getMessage());
                }
            }
        }
        shares.replaceOfDatafiles(owner, wanted);
    }
}
