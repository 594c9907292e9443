package dev.rookery.ingest.events;

import dev.rookery.ingest.encoding.BlockSink;
import dev.rookery.ingest.encoding.EncodedBlock;
import dev.rookery.ingest.log.EventRecord;
import dev.rookery.ingest.log.EventRecord.Part;
import dev.rookery.ingest.log.RecordFormat;
import dev.rookery.ingest.log.RowBlock;
import dev.rookery.ingest.log.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Gathers the blocks of one request into records of at most 1 MiB; a single row above that is a record of its own. Keeps
 * them back until {@link #finish}, or until they are more than a request may keep. One thread.
 */
final class RecordAssembler implements BlockSink {
    private final CompiledSource source;
    private final Runnable beforeQuarantine;
    private final long holdBack;
    private final Consumer<byte[]> log;

    private final List<Part> current = new ArrayList<>();
    private int currentBytes;
    private final List<byte[]> held = new ArrayList<>();
    private long heldBytes;
    private boolean holding = true;

    /**
     * @param beforeQuarantine called before a quarantined row leaves
     * @param holdBack bytes to keep until the whole body has been read
     * @param log takes records in order
     */
    RecordAssembler(CompiledSource source, Runnable beforeQuarantine, long holdBack, Consumer<byte[]> log) {
        this.source = source;
        this.beforeQuarantine = beforeQuarantine;
        this.holdBack = holdBack;
        this.log = log;
    }

    @Override
    public void rows(EncodedBlock block) {
        add(source.rows(), block);
    }

    @Override
    public void quarantine(EncodedBlock block) {
        beforeQuarantine.run();
        add(source.quarantine(), block);
    }

    /** The body has been read to its end: everything leaves. */
    void finish() {
        seal();
        release();
    }

    private void add(Target target, EncodedBlock block) {
        int bytes = RecordFormat.overhead(target) + block.bytes().length;
        boolean sameTarget = current.stream().anyMatch(part -> part.target().kind() == target.kind());
        if (sameTarget || currentBytes + bytes > CompiledSource.RECORD_BYTES) {
            seal();
        }
        current.add(new Part(target, RowBlock.of(block)));
        currentBytes += bytes;
    }

    private void seal() {
        if (current.isEmpty()) {
            return;
        }
        byte[] record = RecordFormat.encode(new EventRecord(current));
        current.clear();
        currentBytes = 0;
        held.add(record);
        heldBytes += record.length;
        if (!holding || heldBytes > holdBack) {
            release();
        }
    }

    private void release() {
        holding = false;
        held.forEach(log);
        held.clear();
        heldBytes = 0;
    }
}
