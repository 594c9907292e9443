package dev.rookery.controlplane.deployments;

import dev.rookery.catalog.changes.ChangeLog;
import dev.rookery.catalog.deployments.DeploymentStore;
import dev.rookery.catalog.deployments.ResourceStore;
import dev.rookery.catalog.deployments.StagingStore;
import dev.rookery.catalog.ingestion.Barriers;
import dev.rookery.catalog.ingestion.IngestionStates;
import dev.rookery.catalog.ingestion.WritePlans;
import dev.rookery.catalog.jobs.JobQueue;
import dev.rookery.catalog.jobs.JobStore;
import dev.rookery.catalog.shares.ShareStore;
import dev.rookery.catalog.snapshot.SnapshotLoader;
import dev.rookery.catalog.snapshot.WorkspaceSnapshots;
import dev.rookery.catalog.tokens.TokenStore;
import dev.rookery.clickhouse.ClusterConnections;
import dev.rookery.controlplane.projects.ResourceLimits;
import dev.rookery.controlplane.tables.DroppedObjects;
import dev.rookery.controlplane.tables.RecordedSections;
import dev.rookery.controlplane.tables.RetiredViews;
import dev.rookery.controlplane.tables.UnfinishedSections;
import dev.rookery.controlplane.workspaces.TenantSpace;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Builds and deployments. */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
@Import(DeploymentController.class)
public class DeploymentsConfiguration {
    @Bean
    StagingStore stagingStore(JdbcClient jdbc) {
        return new StagingStore(jdbc);
    }

    @Bean
    DatafileTokens datafileTokens(TokenStore tokens) {
        return new DatafileTokens(tokens);
    }

    @Bean
    DatafileShares datafileShares(ShareStore shares) {
        return new DatafileShares(shares);
    }

    @Bean
    ProjectRules projectRules(ResourceLimits limits, DatafileTokens tokens, DatafileShares shares) {
        return new ProjectRules(limits, tokens, shares);
    }

    @Bean
    RetiredViews retiredViews(ResourceStore resources, DroppedObjects objects) {
        return new RetiredViews(resources, objects);
    }

    @Bean
    DroppedObjects droppedObjects(
            ResourceStore resources, ClusterConnections connections, PlatformTransactionManager transactions) {
        return new DroppedObjects(resources, connections, new TransactionTemplate(transactions));
    }

    @Bean
    DeploymentExecutor deploymentExecutor(
            DeploymentStore deployments,
            ResourceStore resources,
            ChangeLog changes,
            ClusterConnections connections,
            RetiredViews views,
            DroppedObjects tables,
            TenantSpace space,
            StagingStore staging,
            PlatformTransactionManager transactions) {
        return new DeploymentExecutor(
                deployments,
                resources,
                changes,
                connections,
                views,
                tables,
                space,
                staging,
                new TransactionTemplate(transactions));
    }

    @Bean
    DataMover dataMover(
            DeploymentStore deployments,
            ResourceStore resources,
            StagingStore staging,
            SnapshotLoader loader,
            ChangeLog changes,
            Barriers barriers,
            WritePlans plans,
            ClusterConnections connections,
            PlatformTransactionManager transactions) {
        return new DataMover(
                deployments,
                resources,
                staging,
                loader,
                changes,
                barriers,
                plans,
                connections,
                new TransactionTemplate(transactions));
    }

    @Bean
    DeploymentJob deploymentJob(
            DeploymentStore deployments,
            WorkspaceSnapshots snapshots,
            DataMover mover,
            Promotion promotion,
            StagingStore staging,
            DeploymentExecutor executor) {
        return new DeploymentJob(deployments, snapshots, mover, promotion, staging, executor);
    }

    @Bean
    Promotion promotion(
            DeploymentStore deployments,
            ResourceStore resources,
            StagingStore staging,
            SnapshotLoader loader,
            DatafileTokens tokens,
            DatafileShares shares,
            ChangeLog changes,
            Barriers barriers,
            WritePlans plans,
            ClusterConnections connections,
            RetiredViews views,
            PlatformTransactionManager transactions) {
        return new Promotion(
                deployments,
                resources,
                staging,
                loader,
                tokens,
                shares,
                changes,
                barriers,
                plans,
                connections,
                views,
                new TransactionTemplate(transactions));
    }

    @Bean
    DeploymentService deploymentService(
            WorkspaceSnapshots snapshots,
            DeploymentStore deployments,
            ProjectRules rules,
            DeploymentExecutor executor,
            Promotion promotion,
            DataMover mover,
            StagingStore staging,
            IngestionStates ingestion,
            JobStore jobs,
            JobQueue queue,
            PlatformTransactionManager transactions) {
        return new DeploymentService(
                snapshots,
                deployments,
                rules,
                executor,
                promotion,
                mover,
                staging,
                ingestion,
                jobs,
                queue,
                new TransactionTemplate(transactions));
    }

    @Bean
    RecordedSections deploymentSections(
            DeploymentStore deployments, WorkspaceSnapshots snapshots, DataMover mover, Promotion promotion) {
        return new DeploymentSections(deployments, snapshots, mover, promotion);
    }

    @Bean
    UnfinishedSections unfinishedSections(Barriers barriers, List<RecordedSections> recorded) {
        return new UnfinishedSections(barriers, recorded);
    }

    @Bean
    ProjectCopies projectCopies(DeploymentService service) {
        return new ProjectCopies(service);
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
            DroppedObjects objects,
            PlatformTransactionManager transactions,
            StagingStore staging) {
        return new Reaper(
                resources, deployments, executor, snapshots, objects, new TransactionTemplate(transactions), staging);
    }
}
