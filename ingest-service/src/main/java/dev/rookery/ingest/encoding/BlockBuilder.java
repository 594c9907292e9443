package dev.rookery.ingest.encoding;

import java.util.function.Consumer;

/** Collects rows and hands over whole blocks within the limits. */
final class BlockBuilder {

    private static final int INITIAL = 4 * 1024;

    private final EncoderLimits limits;
    private final RowBuffer buffer;
    private Consumer<EncodedBlock> receiver = block -> {};
    private int rows;
    private int rowStart;

    BlockBuilder(EncoderLimits limits) {
        this.limits = limits;
        this.buffer = new RowBuffer(INITIAL);
    }

    /** For a new body: forgets what was not handed over. */
    void open(Consumer<EncodedBlock> blocks) {
        receiver = blocks;
        buffer.truncate(0);
        buffer.shrinkTo(2 * Math.max(INITIAL, limits.blockBytes()));
        rows = 0;
        rowStart = 0;
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

    private void emit(int end) {
        var block = new EncodedBlock(buffer.copy(0, end), rows);
        buffer.removePrefix(end);
        rows = 0;
        rowStart = 0;
        receiver.accept(block);
    }
}
