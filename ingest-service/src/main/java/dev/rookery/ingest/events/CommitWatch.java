package dev.rookery.ingest.events;

import dev.rookery.catalog.ResourceId;
import dev.rookery.catalog.clusters.Topics;
import dev.rookery.ingest.log.CommitNotice;
import dev.rookery.ingest.log.KafkaClients;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Follows what writers have stored, for those who wait (ALGORITHMS.md 10). Every instance reads all notices, from when
 * it starts on; a notice that is missed costs a client its 200 and nothing else. Thread safe.
 */
final class CommitWatch implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(CommitWatch.class);
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final KafkaClients clients;
    private final Map<TopicPartition, StoredOffset> partitions = new ConcurrentHashMap<>();
    private volatile boolean running;
    private volatile @Nullable Consumer<byte[], byte[]> current;
    private @Nullable Thread thread;

    CommitWatch(KafkaClients clients) {
        this.clients = clients;
    }

    /**
     * Waits until a data source's record at an offset is stored.
     *
     * @return false when it was not within the time
     */
    boolean await(TopicPartition partition, ResourceId source, long offset, Duration patience)
            throws InterruptedException {
        return stored(partition).await(source, offset, patience);
    }

    @Override
    public void start() {
        running = true;
        Thread follower = Thread.ofPlatform().daemon().name("commit-notices").unstarted(this::run);
        thread = follower;
        follower.start();
    }

    @Override
    public void stop() {
        running = false;
        Consumer<byte[], byte[]> consumer = current;
        if (consumer != null) {
            consumer.wakeup();
        }
        Thread follower = thread;
        if (follower != null) {
            LockSupport.unpark(follower);
            try {
                follower.join(PATIENCE);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Before the web server. */
    @Override
    public int getPhase() {
        return 0;
    }

    private void run() {
        while (running) {
            try (Consumer<byte[], byte[]> consumer = clients.follower()) {
                current = consumer;
                follow(consumer);
            } catch (WakeupException stopping) {
                LOG.debug("stopping");
            } catch (KafkaException e) {
                LOG.warn("commit notices unavailable cause=\"{}\"", e.toString());
                LockSupport.parkNanos(POLL.toNanos());
            }
        }
    }

    private void follow(Consumer<byte[], byte[]> consumer) {
        var notices = new TopicPartition(Topics.COMMITS, 0);
        consumer.assign(List.of(notices));
        consumer.seekToEnd(List.of(notices));
        while (running) {
            try {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    CommitNotice.parse(record.value())
                            .ifPresent(notice -> stored(notice.partition()).advance(notice));
                }
            } catch (OffsetOutOfRangeException expired) {
                consumer.seekToEnd(List.of(notices));
            }
        }
    }

    private StoredOffset stored(TopicPartition partition) {
        return partitions.computeIfAbsent(partition, _ -> new StoredOffset());
    }
}
