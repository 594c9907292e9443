package dev.rookery.gateway;

import dev.rookery.access.AccessConfiguration;
import dev.rookery.catalog.CatalogConfiguration;
import dev.rookery.catalog.snapshot.WorkspaceSnapshots;
import dev.rookery.clickhouse.ClickHouseConfiguration;
import dev.rookery.clickhouse.ClusterConnections;
import dev.rookery.gateway.clickhouseinterface.ClickHouseInterfaceServer;
import dev.rookery.gateway.endpoints.EndpointConfiguration;
import dev.rookery.gateway.query.EndpointDescriptions;
import dev.rookery.gateway.query.QueryService;
import dev.rookery.gateway.sqlapi.SqlConfiguration;
import dev.rookery.gateway.web.GatewayWebConfiguration;
import dev.rookery.gateway.web.QueryErrorResolver;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The query gateway's parts. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(GatewayProperties.class)
@Import({
    CatalogConfiguration.class,
    ClickHouseConfiguration.class,
    AccessConfiguration.class,
    GatewayWebConfiguration.class,
    EndpointConfiguration.class,
    SqlConfiguration.class
})
public class QueryGatewayConfiguration {
    @Bean
    QueryService queryService(WorkspaceSnapshots snapshots, ClusterConnections clusters, GatewayProperties properties) {
        return new QueryService(snapshots, clusters, properties);
    }

    @Bean
    EndpointDescriptions endpointDescriptions(WorkspaceSnapshots snapshots) {
        return new EndpointDescriptions(snapshots);
    }

    @Bean
    QueryErrorResolver queryErrorResolver() {
        return new QueryErrorResolver();
    }

    @Bean
    ClickHouseInterfaceServer clickHouseInterface(
            ConfigurableApplicationContext context, GatewayProperties properties) {
        return new ClickHouseInterfaceServer(context, properties.clickhouseInterfacePort());
    }
}
