package dev.rookery.ingest.writer;

import dev.rookery.catalog.changes.ChangeFeed;
import dev.rookery.catalog.clusters.ClusterStore;
import dev.rookery.catalog.ingestion.BarrierDesk;
import dev.rookery.catalog.ingestion.IngestionStates;
import dev.rookery.catalog.ingestion.KeyedRequests;
import dev.rookery.catalog.ingestion.LaneStore;
import dev.rookery.catalog.ingestion.WritePlans;
import dev.rookery.clickhouse.ClusterConnections;
import dev.rookery.ingest.log.EventLog;
import dev.rookery.ingest.log.KafkaClients;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.springframework.beans.factory.ObjectProvider;
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
    WriterCatalog writerCatalog(
            LaneStore lanes,
            WritePlans plans,
            BarrierDesk barriers,
            IngestionStates states,
            KeyedRequests keyed,
            JdbcClient jdbc) {
        return new WriterCatalog(lanes, plans, barriers, states, keyed, new GoneTables(jdbc));
    }

    @Bean(destroyMethod = "close")
    WriterMetrics writerMetrics(ObjectProvider<MeterRegistry> registry, IngestionStates states) {
        return new WriterMetrics(registry.getIfAvailable(SimpleMeterRegistry::new), states);
    }

    @Bean
    Writers writers(
            ClusterStore clusters,
            ClusterConnections clickHouse,
            KafkaClients kafka,
            EventLog log,
            WriterCatalog catalog,
            WriterMetrics metrics,
            ChangeFeed feed,
            WriterProperties settings) {
        var writers = new Writers(clusters, clickHouse, kafka, new CommitNotices(log), catalog, metrics, settings);
        feed.subscribe(writers);
        return writers;
    }
}
