package dev.rookery.clickhouse;

import dev.rookery.catalog.changes.ChangeFeed;
import dev.rookery.catalog.clusters.ClusterStore;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The ClickHouse clients of a service. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ClickHouseProperties.class)
public class ClickHouseConfiguration {
    @Bean
    ClickHouseHttp clickHouseHttp(ClickHouseProperties settings) {
        return new ClickHouseHttp(settings.maxConnections(), settings.timeout());
    }

    @Bean
    ClusterConnections clusterConnections(ClusterStore store, ClickHouseHttp http, ChangeFeed feed) {
        return new ClusterConnections(store, http, feed);
    }

    @Bean
    VersionCheck clickHouseVersionCheck(
            ClusterStore clusters, ClusterConnections connections, ClickHouseProperties settings) {
        return new VersionCheck(clusters, connections, settings.allowUnsafeVersion());
    }
}
