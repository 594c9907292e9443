package dev.rookery.ingest.writer;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * What operators watch: {@code rookery.ingest.partition.lag} (records that are not stored, by partition) and {@code
 * rookery.ingest.lanes} (data sources that are behind or on hold, by topic). Thread safe.
 */
final class WriterMetrics implements AutoCloseable {
    private static final Duration EVERY = Duration.ofSeconds(5);

    private final MultiGauge lag;
    private final MultiGauge lanes;
    private final Map<String, TopicWriter> writers = new ConcurrentHashMap<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofVirtual().name("writer-metrics").factory());

    WriterMetrics(MeterRegistry registry) {
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
        // As wide as a long: Map.Entry's generics do not survive a flatMap otherwise.
        lag.register(
                writers.entrySet().stream()
                        .flatMap(entry -> entry.getValue().lags().entrySet().stream()
                                .<MultiGauge.Row<?>>map(one -> MultiGauge.Row.of(
                                        Tags.of(
                                                "topic",
                                                entry.getKey(),
                                                "partition",
                                                Integer.toString(one.getKey().partition())),
                                        one.getValue())))
                        .toList(),
                true);
        lanes.register(
                writers.entrySet().stream()
                        .<MultiGauge.Row<?>>map(entry -> MultiGauge.Row.of(
                                Tags.of("topic", entry.getKey()),
                                entry.getValue().lanes()))
                        .toList(),
                true);
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
