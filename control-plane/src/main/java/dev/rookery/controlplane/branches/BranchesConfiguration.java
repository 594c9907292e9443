package dev.rookery.controlplane.branches;

import dev.rookery.catalog.changes.ChangeLog;
import dev.rookery.catalog.jobs.JobQueue;
import dev.rookery.catalog.jobs.JobStore;
import dev.rookery.catalog.secrets.SecretStore;
import dev.rookery.catalog.snapshot.WorkspaceSnapshots;
import dev.rookery.catalog.tokens.TokenStore;
import dev.rookery.catalog.workspaces.WorkspaceRepository;
import dev.rookery.clickhouse.ClusterConnections;
import dev.rookery.controlplane.deployments.ProjectCopies;
import dev.rookery.controlplane.workspaces.WorkspaceService;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Branches. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(BranchProperties.class)
@Import(BranchController.class)
public class BranchesConfiguration {
    @Bean
    BranchService branchService(
            WorkspaceRepository workspaces,
            WorkspaceService service,
            SecretStore secrets,
            TokenStore tokens,
            JobStore jobs,
            JobQueue queue,
            ChangeLog changes,
            JdbcClient jdbc,
            BranchProperties properties) {
        return new BranchService(workspaces, service, secrets, tokens, jobs, queue, changes, jdbc, properties);
    }

    @Bean
    BranchJob branchJob(WorkspaceSnapshots snapshots, ProjectCopies projects, ClusterConnections connections) {
        return new BranchJob(snapshots, projects, new BranchRows(connections));
    }
}
