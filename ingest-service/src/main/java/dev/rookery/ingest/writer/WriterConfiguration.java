package dev.rookery.ingest.writer;

import dev.rookery.catalog.changes.ChangeFeed;
import dev.rookery.catalog.clusters.ClusterStore;
import dev.rookery.clickhouse.ClusterConnections;
import dev.rookery.ingest.log.EventLog;
import dev.rookery.ingest.log.KafkaClients;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The writer role; {@code rookery.ingest.writer.enabled=false} leaves it out. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "rookery.ingest.writer.enabled", matchIfMissing = true)
@EnableConfigurationProperties(WriterProperties.class)
public class WriterConfiguration {
    @Bean
    Writers writers(
            ClusterStore clusters,
            ClusterConnections clickHouse,
            KafkaClients kafka,
            EventLog log,
            JdbcClient jdbc,
            ChangeFeed feed,
            WriterProperties settings) {
        var writers = new Writers(clusters, clickHouse, kafka, new CommitNotices(log), new GoneTables(jdbc), settings);
        feed.subscribe(writers);
        return writers;
    }
}
