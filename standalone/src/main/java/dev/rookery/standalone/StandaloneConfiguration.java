package dev.rookery.standalone;

import dev.rookery.access.TokenSecurity;
import dev.rookery.catalog.changes.ChangeLog;
import dev.rookery.catalog.tokens.TokenStore;
import dev.rookery.catalog.workspaces.WorkspaceRepository;
import dev.rookery.controlplane.ControlPlaneConfiguration;
import dev.rookery.controlplane.workspaces.WorkspaceService;
import dev.rookery.gateway.QueryGatewayConfiguration;
import dev.rookery.ingest.IngestConfiguration;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;

/** Every service in one context, on one port; the ClickHouse interface is a child context on the next. */
@SpringBootConfiguration
@EnableAutoConfiguration(exclude = UserDetailsServiceAutoConfiguration.class)
@Import({
    ControlPlaneConfiguration.class,
    QueryGatewayConfiguration.class,
    IngestConfiguration.class,
    LocalController.class,
})
class StandaloneConfiguration {
    @Bean
    LocalBootstrap localBootstrap(
            WorkspaceService service, WorkspaceRepository workspaces, TokenStore tokens, ChangeLog changes) {
        return new LocalBootstrap(service, workspaces, tokens, changes);
    }

    @Bean
    @Order(5)
    SecurityFilterChain localPaths(HttpSecurity http, TokenSecurity security) throws Exception {
        return security.open(http, "/", "/tokens", "/docs/**", "/swagger-ui/**");
    }
}
