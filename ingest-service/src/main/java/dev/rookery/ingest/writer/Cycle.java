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
    private State state = State.PLANNED;
    private @Nullable Future<Boolean> sending;

    Cycle(long from, long to, List<ConsumerRecord<byte[], byte[]>> records) {
        this.from = from;
        this.to = to;
        this.records = List.copyOf(records);
    }

    long from() {
        return from;
    }

    long to() {
        return to;
    }

    List<ConsumerRecord<byte[], byte[]>> records() {
        return records;
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
