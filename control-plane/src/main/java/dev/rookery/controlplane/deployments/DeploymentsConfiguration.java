package dev.rookery.controlplane.deployments;

import dev.rookery.catalog.changes.ChangeLog;
import dev.rookery.catalog.deployments.DeploymentStore;
import dev.rookery.catalog.deployments.ResourceStore;
import dev.rookery.catalog.jobs.JobStore;
import dev.rookery.catalog.snapshot.SnapshotLoader;
import dev.rookery.catalog.snapshot.WorkspaceSnapshots;
import dev.rookery.catalog.tokens.TokenStore;
import dev.rookery.clickhouse.ClusterConnections;
import dev.rookery.controlplane.workspaces.TenantSpace;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Builds and deployments. */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
@Import(DeploymentController.class)
public class DeploymentsConfiguration {
    @Bean
    DeploymentExecutor deploymentExecutor(
            DeploymentStore deployments,
            ResourceStore resources,
            ChangeLog changes,
            ClusterConnections connections,
            TenantSpace space) {
        return new DeploymentExecutor(
                deployments, resources, changes, connections, new RetiredViews(resources, connections), space);
    }

    @Bean
    DeploymentService deploymentService(
            DeploymentExecutor executor,
            WorkspaceSnapshots snapshots,
            DeploymentStore deployments,
            ResourceStore resources,
            SnapshotLoader loader,
            TokenStore tokens,
            ChangeLog changes,
            ClusterConnections connections,
            JobStore jobs,
            PlatformTransactionManager transactions) {
        DatafileTokens datafileTokens = new DatafileTokens(tokens);
        RetiredViews views = new RetiredViews(resources, connections);
        return new DeploymentService(
                snapshots,
                deployments,
                datafileTokens,
                executor,
                new Promotion(deployments, resources, loader, datafileTokens, changes, connections, views),
                jobs,
                new TransactionTemplate(transactions));
    }

    @Bean
    NodeColumns nodeColumns(ClusterConnections connections) {
        return new NodeColumns(connections);
    }

    @Bean
    Reaper reaper(
            ResourceStore resources,
            DeploymentStore deployments,
            DeploymentExecutor executor,
            WorkspaceSnapshots snapshots,
            ClusterConnections connections,
            PlatformTransactionManager transactions) {
        return new Reaper(
                resources, deployments, executor, snapshots, connections, new TransactionTemplate(transactions));
    }
}
