package dev.rookery.ingest.writer;

import java.util.List;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** The offsets [from, to) of a partition on their way into ClickHouse. Used by the poll loop alone. */
final class Cycle {
    /** Where a cycle stands. */
    enum State {
        /** Its end is not yet recorded: nothing may be sent. */
        PLANNED,
        /** Being sent; the journal names its end. */
        SENDING,
        /** Stored; the journal does not know. */
        STORED
    }

    private final long from;
    private final long to;
    private final List<ConsumerRecord<byte[], byte[]>> records;
    private final boolean repeat;
    private @Nullable List<ConsumerRecord<byte[], byte[]>> firsts;
    private State state = State.PLANNED;
    private @Nullable Future<Boolean> sending;

    /** @param repeat whether an earlier writer may have stored part of it */
    Cycle(long from, long to, List<ConsumerRecord<byte[], byte[]>> records, boolean repeat) {
        this.from = from;
        this.to = to;
        this.records = List.copyOf(records);
        this.repeat = repeat;
    }

    long from() {
        return from;
    }

    long to() {
        return to;
    }

    /** Whether an earlier writer may have stored part of it. */
    boolean isRepeat() {
        return repeat;
    }

    List<ConsumerRecord<byte[], byte[]>> records() {
        return records;
    }

    /** The records that are no repeats; the filter sees each record once, however often this is asked. */
    List<ConsumerRecord<byte[], byte[]>> firsts(Repeats filter) {
        List<ConsumerRecord<byte[], byte[]>> known = firsts;
        if (known == null) {
            known = filter.without(records);
            firsts = known;
        }
        return known;
    }

    /** The intent is recorded. */
    void send(Future<Boolean> under) {
        sending = under;
        state = State.SENDING;
    }

    State state() {
        Future<Boolean> under = sending;
        if (state == State.SENDING && under != null && under.isDone()) {
            // A task that ended without storing was stopped, and its partition given away with it.
            if (under.state() == Future.State.SUCCESS && under.resultNow()) {
                state = State.STORED;
            }
        }
        return state;
    }

    @Nullable
    Future<Boolean> sending() {
        return sending;
    }
}
