package dev.rookery.controlplane;

import dev.rookery.access.AccessConfiguration;
import dev.rookery.access.TokenSecurity;
import dev.rookery.catalog.CatalogConfiguration;
import dev.rookery.catalog.CatalogJpaConfiguration;
import dev.rookery.clickhouse.ClickHouseConfiguration;
import dev.rookery.controlplane.branches.BranchesConfiguration;
import dev.rookery.controlplane.dataoperations.DataOperationsConfiguration;
import dev.rookery.controlplane.deployments.DeploymentsConfiguration;
import dev.rookery.controlplane.identity.IdentityConfiguration;
import dev.rookery.controlplane.jobs.JobsConfiguration;
import dev.rookery.controlplane.projects.ProjectsConfiguration;
import dev.rookery.controlplane.resources.ResourcePaths;
import dev.rookery.controlplane.resources.ResourcesConfiguration;
import dev.rookery.controlplane.secrets.SecretsConfiguration;
import dev.rookery.controlplane.tokens.TokensConfiguration;
import dev.rookery.controlplane.workspaces.WorkspacesConfiguration;
import dev.rookery.limits.LimitsConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;

/** The control-plane: everything that changes what a workspace is. */
@Configuration(proxyBeanMethods = false)
@Import({
    CatalogConfiguration.class,
    CatalogJpaConfiguration.class,
    ClickHouseConfiguration.class,
    AccessConfiguration.class,
    LimitsConfiguration.class,
    WorkspacesConfiguration.class,
    BranchesConfiguration.class,
    IdentityConfiguration.class,
    ProjectsConfiguration.class,
    DeploymentsConfiguration.class,
    DataOperationsConfiguration.class,
    JobsConfiguration.class,
    ResourcesConfiguration.class,
    SecretsConfiguration.class,
    TokensConfiguration.class,
})
public class ControlPlaneConfiguration {
    @Bean
    @Order(10)
    SecurityFilterChain controlPlaneOpenPaths(HttpSecurity http, TokenSecurity security) throws Exception {
        return security.open(http, "/v0/health", "/v0/regions", "/v0/auth");
    }

    @Bean
    @Order(11)
    SecurityFilterChain controlPlanePaths(HttpSecurity http, TokenSecurity security) throws Exception {
        return security.withToken(
                http,
                "/v0/user/**",
                "/v0/workspace",
                "/v0/workspaces/**",
                "/v0/organizations/**",
                "/v0/environments/**",
                "/v0/jobs/**",
                "/v0/variables/**",
                "/v0/tokens/**",
                "/v1/**");
    }

    @Bean
    @Order(12)
    SecurityFilterChain resourcePaths(HttpSecurity http, TokenSecurity security) throws Exception {
        return security.withToken(http, ResourcePaths.all());
    }
}
