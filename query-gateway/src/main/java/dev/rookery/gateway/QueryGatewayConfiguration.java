package dev.rookery.gateway;

import dev.rookery.access.AccessConfiguration;
import dev.rookery.catalog.CatalogConfiguration;
import dev.rookery.catalog.snapshot.WorkspaceSnapshots;
import dev.rookery.clickhouse.ClickHouseConfiguration;
import dev.rookery.clickhouse.ClusterConnections;
import dev.rookery.gateway.clickhouseinterface.ClickHouseInterfaceServer;
import dev.rookery.gateway.endpoints.EndpointConfiguration;
import dev.rookery.gateway.limits.AddressFilter;
import dev.rookery.gateway.limits.ClusterMemory;
import dev.rookery.gateway.limits.EndpointGuard;
import dev.rookery.gateway.limits.QueryAdmission;
import dev.rookery.gateway.query.EndpointDescriptions;
import dev.rookery.gateway.query.QueryService;
import dev.rookery.gateway.sqlapi.SqlConfiguration;
import dev.rookery.gateway.web.GatewayWebConfiguration;
import dev.rookery.gateway.web.QueryErrorResolver;
import dev.rookery.gateway.web.UriLengthFilter;
import dev.rookery.limits.LimitsConfiguration;
import dev.rookery.limits.LimitsProperties;
import dev.rookery.limits.OrganizationLimits;
import dev.rookery.limits.rates.RateLimiter;
import java.time.InstantSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;

/** The query gateway's parts. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(GatewayProperties.class)
@Import({
    CatalogConfiguration.class,
    ClickHouseConfiguration.class,
    AccessConfiguration.class,
    LimitsConfiguration.class,
    GatewayWebConfiguration.class,
    EndpointConfiguration.class,
    SqlConfiguration.class
})
public class QueryGatewayConfiguration {
    @Bean
    QueryService queryService(
            WorkspaceSnapshots snapshots,
            ClusterConnections clusters,
            OrganizationLimits limits,
            GatewayProperties properties) {
        return new QueryService(snapshots, clusters, limits, properties);
    }

    @Bean
    EndpointGuard endpointGuard(ClusterConnections clusters, InstantSource clock) {
        var memory = new ClusterMemory(clusters, clock);
        return new EndpointGuard(clock, memory::share);
    }

    @Bean
    QueryAdmission queryAdmission(
            WorkspaceSnapshots snapshots, OrganizationLimits limits, RateLimiter rates, EndpointGuard guard) {
        return new QueryAdmission(snapshots, limits, rates, guard);
    }

    @Bean
    FilterRegistrationBean<AddressFilter> addressFilter(LimitsProperties limits) {
        int perAddress = limits.enforced() ? limits.connectionsPerAddress() : 0;
        var filter = new FilterRegistrationBean<>(new AddressFilter(perAddress, true));
        filter.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return filter;
    }

    @Bean
    FilterRegistrationBean<UriLengthFilter> uriLengthFilter(GatewayProperties properties) {
        var filter = new FilterRegistrationBean<>(
                new UriLengthFilter(properties.maxUrl().toBytes()));
        filter.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return filter;
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
