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
    EventTopics eventTopics(ClusterStore clusters, FlushClasses classes) {
        return new EventTopics(clusters, classes);
    }

    @Bean
    KeyedTopics keyedTopics(KeyedRequests requests) {
        return new KeyedTopics(requests);
    }

    @Bean
    BlockIntake blockIntake(
            QuarantineTables quarantines,
            EventTopics topics,
            KeyedTopics keyed,
            EventLog log,
            CommitWatch commits,
            Restrictions restrictions,
            InstantSource clock,
            EventsProperties settings,
            LogProperties logSettings) {
        int maxRow = Math.toIntExact(settings.maxRow().toBytes());
        return new BlockIntake(
                new CompiledSources(RowOrigin.JSON_FILES, maxRow),
                new CompiledSources(RowOrigin.TEXT_FILES, maxRow),
                quarantines,
                topics,
                keyed,
                log,
                commits,
                restrictions,
                clock,
                settings.holdBack().toBytes(),
                logSettings.acknowledgeTimeout());
    }

    @Bean
    EventIngestion eventIngestion(
            QuarantineTables quarantines,
            EventTopics topics,
            KeyedTopics keyed,
            EventLog log,
            InstantSource clock,
            EventsProperties settings,
            LogProperties logSettings) {
        int maxRow = Math.toIntExact(settings.maxRow().toBytes());
        return new EventIngestion(
                new CompiledSources(RowOrigin.EVENTS, maxRow),
                quarantines,
                topics,
                keyed,
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
