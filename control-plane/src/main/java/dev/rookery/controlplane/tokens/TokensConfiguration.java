package dev.rookery.controlplane.tokens;

import dev.rookery.catalog.CatalogProperties;
import dev.rookery.catalog.changes.ChangeLog;
import dev.rookery.catalog.organizations.OrganizationRepository;
import dev.rookery.catalog.snapshot.WorkspaceSnapshots;
import dev.rookery.catalog.tokens.TokenStore;
import dev.rookery.limits.OrganizationLimits;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The token API. */
@Configuration(proxyBeanMethods = false)
@Import(TokenController.class)
public class TokensConfiguration {
    @Bean
    TokenRules tokenRules(OrganizationRepository organizations, WorkspaceSnapshots snapshots) {
        return new TokenRules(organizations, snapshots);
    }

    @Bean
    TokenViews tokenViews(TokenStore tokens, CatalogProperties settings) {
        return new TokenViews(tokens, settings.region());
    }

    @Bean
    TokenService tokenService(
            TokenStore tokens,
            TokenRules rules,
            WorkspaceSnapshots snapshots,
            OrganizationLimits limits,
            ChangeLog changes) {
        return new TokenService(tokens, rules, snapshots, limits, changes);
    }

    @Bean
    JwtIssue jwtIssue(TokenStore tokens, InstantSource clock) {
        return new JwtIssue(tokens, clock);
    }
}
