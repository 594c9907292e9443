package dev.rookery.ingest.encoding;

import java.util.function.Consumer;

/** Collects rows and hands over whole blocks within the limits. */
final class BlockBuilder {

    private final EncoderLimits limits;
    private final Consumer<EncodedBlock> receiver;
    private final RowBuffer buffer;
    private int rows;
    private int rowStart;

    BlockBuilder(EncoderLimits limits, Consumer<EncodedBlock> receiver) {
        this.limits = limits;
        this.receiver = receiver;
        this.buffer = new RowBuffer(Math.min(limits.blockBytes(), 64 * 1024));
    }

    /** Where to write the next row; {@link #commit()} or {@link #rollback()} it. */
    RowBuffer begin() {
        rowStart = buffer.size();
        return buffer;
    }

    void rollback() {
        buffer.truncate(rowStart);
    }

    void commit() {
        if (rows > 0 && buffer.size() > limits.blockBytes()) {
            emit(rowStart);
        }
        rows++;
        if (rows >= limits.blockRows() || buffer.size() >= limits.blockBytes()) {
            emit(buffer.size());
        }
    }

    /** Hands over what is left. */
    void flush() {
        if (rows > 0) {
            emit(buffer.size());
        }
    }

    /** Forgets what was not handed over. */
    void reset() {
        buffer.truncate(0);
        buffer.shrinkTo(2 * limits.blockBytes());
        rows = 0;
        rowStart = 0;
    }

    private void emit(int end) {
        var block = new EncodedBlock(buffer.copy(0, end), rows);
        buffer.removePrefix(end);
        rows = 0;
        rowStart = 0;
        receiver.accept(block);
    }
}
