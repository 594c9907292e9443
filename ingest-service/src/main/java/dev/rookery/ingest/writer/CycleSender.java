package dev.rookery.ingest.writer;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends the chunks of cycles, one after the other, off the poll loop: polling goes on and keeps the partitions. */
final class CycleSender {
    private static final Logger LOG = LoggerFactory.getLogger(CycleSender.class);
    private static final Duration SAY_EVERY = Duration.ofMinutes(1);

    private final ChunkInserter inserter;
    private final WriterProperties settings;
    private final ExecutorService threads;

    CycleSender(ChunkInserter inserter, WriterProperties settings, ExecutorService threads) {
        this.inserter = inserter;
        this.settings = settings;
        this.threads = threads;
    }

    /** Starts to send; true when every chunk is stored, false when the signal came first. */
    Future<Boolean> send(TopicPartition partition, Cycle cycle, StopSignal stop) {
        return threads.submit(() -> run(partition, cycle, stop));
    }

    private boolean run(TopicPartition partition, Cycle cycle, StopSignal stop) throws InterruptedException {
        var complaint = new Complaint(LOG, SAY_EVERY);
        while (!stop.isSet()) {
            try {
                return sendAll(ChunkPlanner.plan(partition, cycle.records()), stop);
            } catch (RuntimeException e) {
                // The same range is sent again from its start: what is stored already is deduplicated.
                complaint.warn(
                        "cycle failed",
                        "partition=%s offsets=%d-%d".formatted(partition, cycle.from(), cycle.to() - 1),
                        e);
            }
            if (stop.within(settings.retrySlowly())) {
                return false;
            }
        }
        return false;
    }

    private boolean sendAll(List<Chunk> chunks, StopSignal stop) throws InterruptedException {
        for (Chunk chunk : chunks) {
            if (!inserter.insert(chunk, stop)) {
                return false;
            }
        }
        return true;
    }
}
