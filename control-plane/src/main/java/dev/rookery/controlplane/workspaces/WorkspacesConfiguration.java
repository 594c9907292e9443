package dev.rookery.controlplane.workspaces;

import dev.rookery.catalog.changes.ChangeLog;
import dev.rookery.catalog.clusters.ClusterStore;
import dev.rookery.catalog.deployments.DeploymentStore;
import dev.rookery.catalog.deployments.ResourceStore;
import dev.rookery.catalog.organizations.OrganizationRepository;
import dev.rookery.catalog.organizations.UserRepository;
import dev.rookery.catalog.tokens.TokenStore;
import dev.rookery.catalog.workspaces.WorkspaceRepository;
import dev.rookery.clickhouse.ClusterConnections;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Workspaces and members. */
@Configuration(proxyBeanMethods = false)
@Import(WorkspaceController.class)
public class WorkspacesConfiguration {
    @Bean
    TenantSpace tenantSpace(ClusterStore clusters, ClusterConnections connections) {
        return new TenantSpace(clusters, connections);
    }

    @Bean
    SpaceReaper spaceReaper(ResourceStore resources, TenantSpace space) {
        return new SpaceReaper(resources, space);
    }

    @Bean
    WorkspaceService workspaceService(
            WorkspaceRepository workspaces,
            OrganizationRepository organizations,
            UserRepository users,
            TokenStore tokens,
            ClusterStore clusters,
            DeploymentStore deployments,
            ResourceStore resources,
            TenantSpace space,
            ChangeLog changes,
            InstantSource clock) {
        return new WorkspaceService(
                workspaces, organizations, users, tokens, clusters, deployments, resources, space, changes, clock);
    }

    @Bean
    WorkspaceViews workspaceViews(
            WorkspaceRepository workspaces,
            OrganizationRepository organizations,
            UserRepository users,
            TokenStore tokens,
            PlatformTransactionManager transactions) {
        return new WorkspaceViews(workspaces, organizations, users, tokens, new TransactionTemplate(transactions));
    }
}
