package dev.rookery.ingest.writer;

import dev.rookery.catalog.ingestion.OpenBarrier;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
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
    private final WriterTools tools;
    private final Duration interval;
    private final WriterProperties settings;
    private final Map<TopicPartition, Owned> flows = new ConcurrentHashMap<>();
    private final Map<TopicPartition, Long> lags = new ConcurrentHashMap<>();
    private final Set<TopicPartition> halted = new HashSet<>();
    private final Complaint complaint = new Complaint(LOG, Duration.ofMinutes(1));
    /** How many partitions the insert budget knows of. */
    private int counted;

    private volatile boolean stopping;

    private record Owned(PartitionFlow flow, PartitionWriter writer) {
        void stop() {
            flow.stop();
            writer.stop();
        }
    }

    TopicWriter(String topic, Consumer<byte[], byte[]> consumer, WriterTools tools, Duration interval) {
        this.topic = topic;
        this.consumer = consumer;
        this.tools = tools;
        this.interval = interval;
        this.settings = tools.settings();
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
            flows.values().forEach(Owned::stop);
        }
    }

    /** Ends the loop soon. From any thread. */
    void stop() {
        stopping = true;
        consumer.wakeup();
    }

    /** Hears of the barriers that are open. From any thread. */
    void hear(List<OpenBarrier> open) {
        flows.values().forEach(owned -> owned.writer().hear(open));
    }

    /** How many records of each partition are not stored. */
    Map<TopicPartition, Long> lags() {
        return lags;
    }

    /** How many data sources are in lanes. */
    int lanes() {
        return flows.values().stream()
                .mapToInt(owned -> owned.writer().laneCount())
                .sum();
    }

    private void step() {
        try {
            dropBroken();
            adopt(consumer.assignment());
            holdBackFullPartitions();
            ConsumerRecords<byte[], byte[]> polled = consumer.poll(patience());
            for (TopicPartition partition : polled.partitions()) {
                Owned owned = flows.get(partition);
                if (owned != null) {
                    owned.flow().add(polled.records(partition));
                }
            }
            commit();
            measure();
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
        if (flows.values().stream().anyMatch(owned -> owned.flow().isBusy())) {
            return LOOK_AGAIN_SOON;
        }
        return flows.values().stream().anyMatch(owned -> owned.flow().isWaiting()) ? LOOK_AGAIN : IDLE;
    }

    private void holdBackFullPartitions() {
        Map<Boolean, List<TopicPartition>> full = flows.entrySet().stream()
                .collect(Collectors.partitioningBy(
                        entry -> entry.getValue().flow().isFull(),
                        Collectors.mapping(Map.Entry::getKey, Collectors.toList())));
        consumer.pause(full.getOrDefault(true, List.of()));
        consumer.resume(full.getOrDefault(false, List.of()));
    }

    /** One commit for all partitions that have something to say. */
    private void commit() {
        Map<TopicPartition, FlushJournal> proposals = new LinkedHashMap<>();
        flows.forEach(
                (partition, owned) -> owned.flow().proposal().ifPresent(journal -> proposals.put(partition, journal)));
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
        Owned owned = flows.get(partition);
        if (owned != null) {
            OptionalLong end = owned.flow().committed();
            end.ifPresent(owned.writer()::committed);
        }
    }

    /** A partition whose state here is in doubt begins anew with what the journal and the catalog say. */
    private void dropBroken() {
        flows.entrySet().removeIf(entry -> {
            boolean broken = entry.getValue().writer().isBroken();
            if (broken) {
                entry.getValue().stop();
            }
            return broken;
        });
    }

    private void measure() {
        if (flows.size() != counted) {
            counted = flows.size();
            tools.budget().owns(topic, counted, consumer.partitionsFor(topic).size());
        }
        flows.forEach((partition, owned) -> consumer.currentLag(partition)
                .ifPresent(lag -> lags.put(partition, lag + owned.flow().pending())));
        lags.keySet().retainAll(flows.keySet());
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
        var writer =
                new PartitionWriter(partition, consumer.partitionsFor(topic).size(), journal, tools);
        var flow = new PartitionFlow(
                partition, journal, writer, interval, settings.flushBytes().toBytes());
        flows.put(partition, new Owned(flow, writer));
        writer.start();
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        halted.removeAll(partitions);
        Map<TopicPartition, FlushJournal> finished = new LinkedHashMap<>();
        long deadline = System.nanoTime() + settings.finishWithin().toNanos();
        for (TopicPartition partition : partitions) {
            Owned owned = flows.remove(partition);
            if (owned != null) {
                try {
                    Duration left = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
                    owned.flow().finish(left).ifPresent(journal -> finished.put(partition, journal));
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                } finally {
                    owned.stop();
                }
            }
        }
        if (finished.isEmpty()) {
            return;
        }
        try {
            consumer.commitSync(offsets(finished), COMMIT_WITHIN);
        } catch (KafkaException e) {
            LOG.info("last commit not made topic={} cause=\"{}\"; the next writer repeats it", topic, e.getMessage());
        }
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
        LOG.info("partitions lost {}", partitions);
        halted.removeAll(partitions);
        for (TopicPartition partition : partitions) {
            Owned owned = flows.remove(partition);
            if (owned != null) {
                owned.stop();
            }
        }
    }

    /** Leaves a partition alone until it is assigned anew. */
    private void halt(TopicPartition partition, String reason) {
        LOG.error("partition halted partition={}: {}", partition, reason);
        Owned owned = flows.remove(partition);
        if (owned != null) {
            owned.stop();
        }
        halted.add(partition);
        consumer.pause(List.of(partition));
    }
}
