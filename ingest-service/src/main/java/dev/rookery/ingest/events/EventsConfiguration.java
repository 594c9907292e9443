package dev.rookery.ingest.events;

import dev.rookery.access.TokenSecurity;
import dev.rookery.catalog.changes.ChangeLog;
import dev.rookery.catalog.clusters.ClusterStore;
import dev.rookery.catalog.deployments.ResourceStore;
import dev.rookery.catalog.ingestion.FlushClasses;
import dev.rookery.catalog.ingestion.IngestionStates;
import dev.rookery.catalog.ingestion.KeyedRequests;
import dev.rookery.catalog.snapshot.WorkspaceSnapshots;
import dev.rookery.clickhouse.ClusterConnections;
import dev.rookery.ingest.log.EventLog;
import dev.rookery.ingest.log.KafkaClients;
import dev.rookery.ingest.log.LogProperties;
import java.time.InstantSource;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The HTTP role; {@code rookery.ingest.http.enabled=false} leaves it out. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "rookery.ingest.http.enabled", matchIfMissing = true)
@EnableConfigurationProperties(EventsProperties.class)
public class EventsConfiguration {
    @Bean
    @Order(200)
    SecurityFilterChain eventsSecurity(HttpSecurity http, TokenSecurity security) throws Exception {
        return security.withToken(http, "/v0/events");
    }

    @Bean
    CommitWatch commitWatch(KafkaClients clients) {
        return new CommitWatch(clients);
    }

    @Bean
    QuarantineTables quarantineTables(
            ResourceStore resources,
            ChangeLog changes,
            PlatformTransactionManager transactions,
            ClusterConnections clickHouse) {
        return new QuarantineTables(resources, changes, new TransactionTemplate(transactions), clickHouse);
    }

    @Bean
    Restrictions restrictions(IngestionStates states, EventsProperties settings) {
        return new Restrictions(states, settings);
    }

    @Bean
    EventIngestion eventIngestion(
            QuarantineTables quarantines,
            ClusterStore clusters,
            FlushClasses classes,
            KeyedRequests keyed,
            EventLog log,
            InstantSource clock,
            EventsProperties settings,
            LogProperties logSettings) {
        int maxRow = Math.toIntExact(settings.maxRow().toBytes());
        return new EventIngestion(
                new CompiledSources(maxRow),
                quarantines,
                new EventTopics(clusters, classes),
                new KeyedTopics(keyed),
                log,
                new Spread(settings.partitionRate().toBytes(), System::nanoTime),
                clock,
                settings,
                logSettings);
    }

    @Bean
    EventsController eventsController(
            WorkspaceSnapshots workspaces,
            EventIngestion ingestion,
            Restrictions restrictions,
            CommitWatch commits,
            EventsProperties settings) {
        return new EventsController(
                workspaces, ingestion, new RequestRates(settings.requestsPerSecond()), restrictions, commits, settings);
    }
}
