package dev.rookery.catalog;

import dev.rookery.catalog.organizations.Organization;
import dev.rookery.catalog.organizations.OrganizationRepository;
import dev.rookery.catalog.workspaces.Workspace;
import dev.rookery.catalog.workspaces.WorkspaceRepository;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.jpa.repository.config.EnableJpaRepositories;

/** The aggregates that administrators change: organizations, users, workspaces and their members, through JPA. */
@Configuration(proxyBeanMethods = false)
@EntityScan(basePackageClasses = {Organization.class, Workspace.class})
@EnableJpaRepositories(basePackageClasses = {OrganizationRepository.class, WorkspaceRepository.class})
public class CatalogJpaConfiguration {}
