package dev.rookery.controlplane.resources;

import dev.rookery.catalog.snapshot.WorkspaceSnapshots;
import dev.rookery.clickhouse.ClusterConnections;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Listings of resources, and their datafiles. */
@Configuration(proxyBeanMethods = false)
@Import({
    DatasourceController.class,
    PipeController.class,
    ConnectionController.class,
    DependencyController.class,
    ShareController.class,
    DeploymentsOnlyController.class
})
public class ResourcesConfiguration {
    @Bean
    Inventory.Reader inventoryReader(WorkspaceSnapshots snapshots) {
        return new Inventory.Reader(snapshots);
    }

    @Bean
    TableSizes tableSizes(ClusterConnections connections) {
        return new TableSizes(connections);
    }
}
