package dev.rookery.ingest.writer;

import dev.rookery.ingest.writer.Cycle.State;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * One partition's way through the state table of this package. It never commits by itself: it {@linkplain #proposal
 * proposes} what the journal should say, the same until {@link #committed} tells that it does. Used by the poll loop
 * alone.
 */
final class PartitionFlow {
    /** Starts to send a cycle; the outcome is true when all of it is stored, false when the signal came first. */
    @FunctionalInterface
    interface Sender {
        Future<Boolean> send(TopicPartition partition, Cycle cycle, StopSignal stop);
    }

    private final TopicPartition partition;
    private final Sender sender;
    private final long interval;
    private final long flushBytes;
    private final StopSignal stop = new StopSignal();

    private final Deque<ConsumerRecord<byte[], byte[]>> waiting = new ArrayDeque<>();
    private long waitingBytes;
    private long from;
    private OptionalLong repeatTo;
    private @Nullable Cycle current;
    private @Nullable Cycle next;
    private long lastStart;

    PartitionFlow(TopicPartition partition, FlushJournal journal, Sender sender, Duration interval, long flushBytes) {
        this.partition = partition;
        this.sender = sender;
        this.interval = interval.toNanos();
        this.flushBytes = flushBytes;
        this.from = journal.from();
        this.repeatTo = journal.to();
        this.lastStart = System.nanoTime() - this.interval;
    }

    /** Takes polled records, in offset order. */
    void add(List<ConsumerRecord<byte[], byte[]>> records) {
        for (ConsumerRecord<byte[], byte[]> record : records) {
            waiting.add(record);
            waitingBytes += size(record);
        }
    }

    /** Whether enough records wait to stop fetching for now; never in the middle of a range that must be repeated. */
    boolean isFull() {
        return waitingBytes >= flushBytes && repeatTo.isEmpty();
    }

    /** Whether something is being sent, so that the loop should look again soon. */
    boolean isBusy() {
        return current != null;
    }

    /** When the first record that is not stored was accepted, in milliseconds; empty when none is known. */
    OptionalLong oldest() {
        Cycle cycle = current;
        if (cycle != null && !cycle.records().isEmpty()) {
            return OptionalLong.of(cycle.records().getFirst().timestamp());
        }
        return waiting.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(waiting.getFirst().timestamp());
    }

    /** Records that were fetched and are not stored. */
    long pending() {
        Cycle cycle = current;
        Cycle following = next;
        return (long) waiting.size()
                + (cycle == null ? 0 : cycle.records().size())
                + (following == null ? 0 : following.records().size());
    }

    /** Whether records wait for the interval to pass. */
    boolean isWaiting() {
        return !waiting.isEmpty();
    }

    /**
     * What should be committed now, if anything. An intent stays the same until it is committed, so that an outcome that
     * is not known (a lost answer) is settled by committing it again.
     */
    Optional<FlushJournal> proposal() {
        Cycle cycle = current;
        if (cycle == null) {
            if (startRepeat()) {
                return Optional.empty();
            }
            if (!isDue()) {
                return Optional.empty();
            }
            cycle = take(Long.MAX_VALUE);
            current = cycle;
        }
        return switch (cycle.state()) {
            case PLANNED -> Optional.of(FlushJournal.intent(cycle.from(), cycle.to()));
            case SENDING -> Optional.empty();
            case STORED -> Optional.of(done());
        };
    }

    /**
     * The journal says what was proposed last.
     *
     * @return up to where the partition is now known to be stored, when that has moved
     */
    OptionalLong committed() {
        Cycle cycle = current;
        if (cycle == null) {
            throw new IllegalStateException("nothing was proposed for " + partition);
        }
        if (cycle.state() == State.PLANNED) {
            start(cycle);
            return OptionalLong.empty();
        }
        Cycle following = next;
        current = following;
        next = null;
        if (following != null) {
            start(following);
        }
        return OptionalLong.of(cycle.to());
    }

    /** Ends the attempts; the journal stays as it is. */
    void stop() {
        stop.set();
    }

    /** Waits for the cycle under way; what is planned behind it is forgotten. True when there is something to commit. */
    Optional<FlushJournal> finish(Duration within) throws InterruptedException {
        Cycle cycle = current;
        Future<Boolean> sending = cycle == null ? null : cycle.sending();
        if (cycle == null || sending == null) {
            return Optional.empty();
        }
        try {
            sending.get(within.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException | TimeoutException unfinished) {
            return Optional.empty();
        }
        // Committed together with a next intent by an attempt whose outcome is not known, it must not be taken back.
        return cycle.state() == State.STORED && next == null
                ? Optional.of(FlushJournal.at(cycle.to()))
                : Optional.empty();
    }

    private boolean startRepeat() {
        if (repeatTo.isEmpty()) {
            return false;
        }
        long to = repeatTo.getAsLong();
        if (waiting.isEmpty() || waiting.getLast().offset() + 1 < to) {
            return true;
        }
        repeatTo = OptionalLong.empty();
        Cycle repeated = take(to);
        current = repeated;
        // Its intent is what the journal says already.
        start(repeated);
        return true;
    }

    private boolean isDue() {
        return !waiting.isEmpty() && (waitingBytes >= flushBytes || System.nanoTime() - lastStart >= interval);
    }

    private FlushJournal done() {
        Cycle cycle = current;
        if (cycle == null) {
            throw new IllegalStateException("nothing is under way for " + partition);
        }
        if (next == null && isDue()) {
            next = take(Long.MAX_VALUE);
        }
        return next == null ? FlushJournal.at(cycle.to()) : FlushJournal.intent(next.from(), next.to());
    }

    private Cycle take(long below) {
        List<ConsumerRecord<byte[], byte[]>> taken = new ArrayList<>();
        while (!waiting.isEmpty() && waiting.getFirst().offset() < below) {
            ConsumerRecord<byte[], byte[]> record = waiting.removeFirst();
            waitingBytes -= size(record);
            taken.add(record);
        }
        long to = below == Long.MAX_VALUE ? taken.getLast().offset() + 1 : below;
        Cycle cycle = new Cycle(from, to, taken, below != Long.MAX_VALUE);
        from = to;
        return cycle;
    }

    private void start(Cycle cycle) {
        lastStart = System.nanoTime();
        cycle.send(sender.send(partition, cycle, stop));
    }

    private static long size(ConsumerRecord<byte[], byte[]> record) {
        return record.value().length;
    }
}
