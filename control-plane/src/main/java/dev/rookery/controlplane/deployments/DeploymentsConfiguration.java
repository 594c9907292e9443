package dev.rookery.controlplane.deployments;

import dev.rookery.catalog.changes.ChangeLog;
import dev.rookery.catalog.deployments.DeploymentStore;
import dev.rookery.catalog.deployments.ResourceStore;
import dev.rookery.catalog.jobs.JobStore;
import dev.rookery.catalog.snapshot.SnapshotLoader;
import dev.rookery.catalog.snapshot.WorkspaceSnapshots;
import dev.rookery.catalog.tokens.TokenStore;
import dev.rookery.clickhouse.ClusterConnections;
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
    DeploymentService deploymentService(
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
        return new DeploymentService(
                snapshots,
                deployments,
                datafileTokens,
                new DeploymentExecutor(deployments, resources, changes, connections),
                new Promotion(deployments, resources, loader, datafileTokens, changes, connections),
                jobs,
                new TransactionTemplate(transactions));
    }

    @Bean
    Reaper reaper(
            ResourceStore resources,
            WorkspaceSnapshots snapshots,
            ClusterConnections connections,
            PlatformTransactionManager transactions) {
        return new Reaper(resources, snapshots, connections, new TransactionTemplate(transactions));
    }
}
