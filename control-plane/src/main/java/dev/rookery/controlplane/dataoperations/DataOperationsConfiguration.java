package dev.rookery.controlplane.dataoperations;

import dev.rookery.catalog.changes.ChangeLog;
import dev.rookery.catalog.deployments.DeploymentStore;
import dev.rookery.catalog.deployments.ResourceStore;
import dev.rookery.catalog.deployments.StagingStore;
import dev.rookery.catalog.ingestion.Barriers;
import dev.rookery.catalog.ingestion.IngestionStates;
import dev.rookery.catalog.ingestion.WritePlans;
import dev.rookery.catalog.jobs.JobQueue;
import dev.rookery.catalog.jobs.JobStore;
import dev.rookery.catalog.operations.OperationStore;
import dev.rookery.catalog.snapshot.WorkspaceSnapshots;
import dev.rookery.clickhouse.ClusterConnections;
import dev.rookery.controlplane.tables.RetiredViews;
import dev.rookery.limits.OrganizationLimits;
import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Truncates, replaces and deletes. */
@Configuration(proxyBeanMethods = false)
@Import(DataOperationController.class)
public class DataOperationsConfiguration {
    @Bean
    Swaps swaps(
            OperationStore operations,
            DeploymentStore deployments,
            ResourceStore resources,
            StagingStore staging,
            IngestionStates ingestion,
            ChangeLog changes,
            Barriers barriers,
            WritePlans plans,
            ClusterConnections connections,
            RetiredViews views,
            PlatformTransactionManager transactions) {
        return new Swaps(
                operations,
                deployments,
                resources,
                staging,
                ingestion,
                changes,
                barriers,
                plans,
                connections,
                views,
                new TransactionTemplate(transactions));
    }

    @Bean
    Truncation truncation(WorkspaceSnapshots snapshots, Swaps swaps, PlatformTransactionManager transactions) {
        return new Truncation(snapshots, swaps, new TransactionTemplate(transactions));
    }

    @Bean
    Claims claims(Swaps swaps, PlatformTransactionManager transactions) {
        return new Claims(swaps, new TransactionTemplate(transactions));
    }

    @Bean
    Deletion deletion(
            WorkspaceSnapshots snapshots,
            Swaps swaps,
            ClusterConnections connections,
            OrganizationLimits limits,
            JobStore jobs,
            JobQueue queue,
            PlatformTransactionManager transactions) {
        return new Deletion(snapshots, swaps, connections, limits, jobs, queue, new TransactionTemplate(transactions));
    }

    @Bean
    DeletionJob deletionJob(
            WorkspaceSnapshots snapshots,
            Swaps swaps,
            Claims claims,
            Barriers barriers,
            ClusterConnections connections,
            JobStore jobs) {
        return new DeletionJob(snapshots, swaps, claims, barriers, connections, jobs);
    }

    @Bean
    Forks forks(Swaps swaps, Barriers barriers, PlatformTransactionManager transactions) {
        return new Forks(swaps, barriers, new TransactionTemplate(transactions));
    }

    @Bean
    ReplaceJob replaceJob(
            WorkspaceSnapshots snapshots,
            Swaps swaps,
            Claims claims,
            Forks forks,
            ClusterConnections connections,
            JobStore jobs,
            PlatformTransactionManager transactions) {
        return new ReplaceJob(
                snapshots, swaps, claims, forks, connections, jobs, new TransactionTemplate(transactions));
    }

    @Bean
    OperationSections operationSections(Swaps swaps, WorkspaceSnapshots snapshots, DeletionJob deletion, Forks forks) {
        return new OperationSections(
                swaps,
                snapshots,
                Map.of(
                        Swaps.KIND,
                        swaps::section,
                        DeletionJob.FLUSH,
                        deletion::section,
                        Forks.KIND,
                        (workspace, operation) -> forks.section(workspace, operation, false),
                        Forks.WHOLE,
                        (workspace, operation) -> forks.section(workspace, operation, true),
                        Forks.UNDO,
                        forks::undoSection));
    }
}
