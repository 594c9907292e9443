package dev.rookery.ingest.events;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.rookery.access.web.ApiException;
import dev.rookery.catalog.ResourceId;
import dev.rookery.catalog.ingestion.IngestionStates;
import dev.rookery.catalog.ingestion.LogPartition;
import dev.rookery.catalog.ingestion.SourceDelay;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.NestedRuntimeException;
import org.springframework.http.HttpStatus;

/**
 * Temporary restriction (IP-9, EV-19): data sources that are further behind than is safe, by themselves or with their whole
 * partition, take no more until they have caught up. What is known is a second old; while Postgres does not answer, it
 * stays as it was. Thread safe.
 */
final class Restrictions implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(Restrictions.class);
    private static final Duration EVERY = Duration.ofSeconds(1);

    private final IngestionStates states;
    private final EventsProperties settings;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile Map<ResourceId, SourceDelay> restricted = Map.of();
    private volatile Set<LogPartition> late = Set.of();
    private volatile boolean running;

    /** Where the rows of a data source went last, as far as this instance has sent any. */
    private final Cache<ResourceId, LogPartition> partitions =
            Caffeine.newBuilder().maximumSize(100_000).build();

    Restrictions(IngestionStates states, EventsProperties settings) {
        this.states = states;
        this.settings = settings;
    }

    /** @throws ApiException 429 with the reason while the data source is restricted */
    void check(ResourceId source) {
        SourceDelay delay = restricted.get(source);
        if (delay != null) {
            throw restricted("%s (%d rows wait)"
                    .formatted(delay.reason(), delay.backlog().rows()));
        }
        if (!late.isEmpty()) {
            LogPartition partition = partitions.getIfPresent(source);
            if (partition != null && late.contains(partition)) {
                throw restricted("the database does not answer");
            }
        }
    }

    /** Rows of the data source went to this partition. */
    void sent(ResourceId source, RecordMetadata last) {
        partitions.put(source, new LogPartition(last.topic(), last.partition()));
    }

    private static ApiException restricted(String reason) {
        return new ApiException(
                        HttpStatus.TOO_MANY_REQUESTS,
                        "Ingestion into this data source is restricted until what was sent before is stored: " + reason)
                .withHeader("Retry-After", "10");
    }

    @Override
    public void start() {
        running = true;
        Thread.ofVirtual().name("restrictions").start(this::follow);
    }

    @Override
    public void stop() {
        running = false;
        stopped.countDown();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    private void follow() {
        try {
            do {
                try {
                    restricted = states.beyond(
                            settings.safeAge(), settings.safeBacklog().toBytes());
                    late = states.partitionsBeyond(settings.safeAge());
                } catch (NestedRuntimeException e) {
                    LOG.debug("restrictions not read", e);
                }
            } while (!stopped.await(EVERY.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
