package dev.rookery.ingest.writer;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The poll loop of one topic. One thread owns the consumer, the partitions' flows and every commit; inserts run beside
 * it, so that polling never stops for them and a partition that waits holds up no other.
 */
final class TopicWriter implements ConsumerRebalanceListener {
    private static final Logger LOG = LoggerFactory.getLogger(TopicWriter.class);

    private static final Duration COMMIT_WITHIN = Duration.ofSeconds(5);
    private static final Duration LOOK_AGAIN_SOON = Duration.ofMillis(5);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);
    private static final Duration IDLE = Duration.ofMillis(500);

    private final String topic;
    private final Consumer<byte[], byte[]> consumer;
    private final CycleSender sender;
    private final CommitNotices notices;
    private final Duration interval;
    private final WriterProperties settings;
    private final Map<TopicPartition, PartitionFlow> flows = new HashMap<>();
    private final Set<TopicPartition> halted = new HashSet<>();
    private final Complaint complaint = new Complaint(LOG, Duration.ofMinutes(1));
    private volatile boolean stopping;

    TopicWriter(
            String topic,
            Consumer<byte[], byte[]> consumer,
            CycleSender sender,
            CommitNotices notices,
            Duration interval,
            WriterProperties settings) {
        this.topic = topic;
        this.consumer = consumer;
        this.sender = sender;
        this.notices = notices;
        this.interval = interval;
        this.settings = settings;
    }

    /** Runs until {@link #stop}; leaves the group on its way out. */
    void run() {
        try (consumer) {
            consumer.subscribe(List.of(topic), this);
            while (!stopping) {
                step();
            }
        } catch (WakeupException stopped) {
            LOG.debug("writer of {} stops", topic);
        } finally {
            flows.values().forEach(PartitionFlow::stop);
        }
    }

    /** Ends the loop soon. From any thread. */
    void stop() {
        stopping = true;
        consumer.wakeup();
    }

    private void step() {
        try {
            adopt(consumer.assignment());
            holdBackFullPartitions();
            ConsumerRecords<byte[], byte[]> polled = consumer.poll(patience());
            for (TopicPartition partition : polled.partitions()) {
                PartitionFlow flow = flows.get(partition);
                if (flow != null) {
                    flow.add(polled.records(partition));
                }
            }
            commit();
        } catch (OffsetOutOfRangeException lost) {
            // Going on at either end would hide that rows are missing: an operator has to look.
            lost.partitions()
                    .forEach(partition -> halt(
                            partition,
                            "the log no longer has the records that are to be stored next;"
                                    + " its retention is too short or the topic was made anew"));
        } catch (WakeupException stop) {
            throw stop;
        } catch (RuntimeException e) {
            // Mostly Kafka's. The loop goes on whatever it is: without it nothing would be stored, and nobody told.
            complaint.warn("writer disturbed", "topic=" + topic, e);
            // A failed poll may return at once, over and over.
            LockSupport.parkNanos(LOOK_AGAIN.toNanos());
        }
    }

    private Duration patience() {
        if (flows.values().stream().anyMatch(PartitionFlow::isBusy)) {
            return LOOK_AGAIN_SOON;
        }
        return flows.values().stream().anyMatch(PartitionFlow::isWaiting) ? LOOK_AGAIN : IDLE;
    }

    private void holdBackFullPartitions() {
        Map<Boolean, List<TopicPartition>> full = flows.entrySet().stream()
                .collect(Collectors.partitioningBy(
                        entry -> entry.getValue().isFull(),
                        Collectors.mapping(Map.Entry::getKey, Collectors.toList())));
        consumer.pause(full.getOrDefault(true, List.of()));
        consumer.resume(full.getOrDefault(false, List.of()));
    }

    /** One commit for all partitions that have something to say. */
    private void commit() {
        Map<TopicPartition, FlushJournal> proposals = new LinkedHashMap<>();
        flows.forEach((partition, flow) -> flow.proposal().ifPresent(journal -> proposals.put(partition, journal)));
        if (proposals.isEmpty()) {
            return;
        }
        try {
            consumer.commitSync(offsets(proposals), COMMIT_WITHIN);
        } catch (CommitFailedException | RebalanceInProgressException stale) {
            // The next poll tells which partitions are still ours; the flows of the others end there.
            LOG.info("commit refused topic={} cause=\"{}\"", topic, stale.getMessage());
            return;
        }
        proposals.keySet().forEach(this::committed);
    }

    private void committed(TopicPartition partition) {
        PartitionFlow flow = flows.get(partition);
        if (flow != null) {
            OptionalLong end = flow.committed();
            end.ifPresent(offset -> notices.publish(partition, offset));
        }
    }

    private static Map<TopicPartition, OffsetAndMetadata> offsets(Map<TopicPartition, FlushJournal> journals) {
        return journals.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().toCommit()));
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        try {
            adopt(Set.copyOf(partitions));
        } catch (KafkaException e) {
            // Tried again before the next poll; what this one brings for them is fetched again.
            complaint.warn("journal not read", "partitions=" + partitions, e);
        }
    }

    /** Reads the journal of partitions that have no flow, and goes to where it says. */
    private void adopt(Set<TopicPartition> assigned) {
        Set<TopicPartition> strangers = assigned.stream()
                .filter(partition -> !flows.containsKey(partition) && !halted.contains(partition))
                .collect(Collectors.toSet());
        if (strangers.isEmpty()) {
            return;
        }
        Map<TopicPartition, OffsetAndMetadata> committed = consumer.committed(strangers);
        List<TopicPartition> fresh = strangers.stream()
                .filter(partition -> committed.get(partition) == null)
                .toList();
        Map<TopicPartition, Long> beginnings = fresh.isEmpty() ? Map.of() : consumer.beginningOffsets(fresh);
        for (TopicPartition partition : strangers) {
            OffsetAndMetadata journal = committed.get(partition);
            Optional<FlushJournal> read = journal == null
                    ? Optional.of(FlushJournal.at(beginnings.getOrDefault(partition, 0L)))
                    : FlushJournal.read(journal);
            read.ifPresentOrElse(
                    known -> assign(partition, known),
                    () -> halt(partition, "its journal was written by a newer version: run that one"));
        }
    }

    private void assign(TopicPartition partition, FlushJournal journal) {
        LOG.info("partition assigned partition={} from={} repeat={}", partition, journal.from(), journal.to());
        consumer.seek(partition, journal.from());
        flows.put(
                partition,
                new PartitionFlow(
                        partition,
                        journal,
                        sender::send,
                        interval,
                        settings.flushBytes().toBytes()));
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        halted.removeAll(partitions);
        Map<TopicPartition, FlushJournal> finished = new LinkedHashMap<>();
        long deadline = System.nanoTime() + settings.finishWithin().toNanos();
        for (TopicPartition partition : partitions) {
            PartitionFlow flow = flows.remove(partition);
            if (flow != null) {
                try {
                    Duration left = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
                    flow.finish(left).ifPresent(journal -> finished.put(partition, journal));
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                } finally {
                    flow.stop();
                }
            }
        }
        if (finished.isEmpty()) {
            return;
        }
        try {
            consumer.commitSync(offsets(finished), COMMIT_WITHIN);
            finished.forEach((partition, journal) -> notices.publish(partition, journal.from()));
        } catch (KafkaException e) {
            LOG.info("last commit not made topic={} cause=\"{}\"; the next writer repeats it", topic, e.getMessage());
        }
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
        LOG.info("partitions lost {}", partitions);
        halted.removeAll(partitions);
        for (TopicPartition partition : partitions) {
            PartitionFlow flow = flows.remove(partition);
            if (flow != null) {
                flow.stop();
            }
        }
    }

    /** Leaves a partition alone until it is assigned anew. */
    private void halt(TopicPartition partition, String reason) {
        LOG.error("partition halted partition={}: {}", partition, reason);
        PartitionFlow flow = flows.remove(partition);
        if (flow != null) {
            flow.stop();
        }
        halted.add(partition);
        consumer.pause(List.of(partition));
    }
}
