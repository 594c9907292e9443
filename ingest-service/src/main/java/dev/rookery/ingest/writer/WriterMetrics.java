package dev.rookery.ingest.writer;

import dev.rookery.catalog.ingestion.IngestionStates;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedRuntimeException;

/**
 * What operators watch: {@code rookery.ingest.partition.lag} (records that are not stored, by partition), {@code
 * rookery.ingest.lanes} (data sources that are behind or on hold, by topic) and {@code rookery.ingest.rows.behind} (rows
 * that wait in lanes, by topic). The first two are this process's own; the last one is the same in every one. Thread safe.
 */
final class WriterMetrics implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WriterMetrics.class);
    private static final Duration EVERY = Duration.ofSeconds(5);

    private final MultiGauge lag;
    private final MultiGauge lanes;
    private final MultiGauge rowsBehind;
    private final IngestionStates states;
    private final Map<String, TopicWriter> writers = new ConcurrentHashMap<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofVirtual().name("writer-metrics").factory());

    WriterMetrics(MeterRegistry registry, IngestionStates states) {
        this.states = states;
        this.rowsBehind = MultiGauge.builder("rookery.ingest.rows.behind")
                .description("Rows that wait in lanes")
                .register(registry);
        this.lag = MultiGauge.builder("rookery.ingest.partition.lag")
                .description("Records of a partition that are not stored")
                .register(registry);
        this.lanes = MultiGauge.builder("rookery.ingest.lanes")
                .description("Data sources that are behind or on hold")
                .register(registry);
        var _ = timer.scheduleAtFixedRate(this::measure, EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    void add(String topic, TopicWriter writer) {
        writers.put(topic, writer);
    }

    private void measure() {
        Map<TopicPartition, Long> lags = new HashMap<>();
        writers.values().forEach(writer -> lags.putAll(writer.lags()));
        lag.register(
                rows(lags, one -> Tags.of("topic", one.topic(), "partition", Integer.toString(one.partition()))), true);
        Map<String, Integer> open = new HashMap<>();
        writers.forEach((topic, writer) -> open.put(topic, writer.lanes()));
        lanes.register(rows(open, topic -> Tags.of("topic", topic)), true);
        try {
            Map<String, Long> behind = new HashMap<>();
            writers.keySet().forEach(topic -> behind.put(topic, 0L));
            behind.putAll(states.rowsBehind());
            rowsBehind.register(rows(behind, topic -> Tags.of("topic", topic)), true);
        } catch (NestedRuntimeException e) {
            // An exception would end the timer.
            LOG.debug("rows behind not measured", e);
        }
    }

    private static <K> List<MultiGauge.Row<?>> rows(Map<K, ? extends Number> values, Function<K, Tags> tags) {
        List<MultiGauge.Row<?>> rows = new ArrayList<>();
        values.forEach((key, value) -> rows.add(MultiGauge.Row.of(tags.apply(key), value)));
        return rows;
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
