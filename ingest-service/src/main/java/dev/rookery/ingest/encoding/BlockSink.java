package dev.rookery.ingest.encoding;

/** Receives blocks in the order of their rows, on the encoding thread. What it throws ends the encoding. */
public interface BlockSink {

    /** Accepted rows as {@link InsertFormat#ROWS}, columns in the layout's order. */
    void rows(EncodedBlock block);

    /** Quarantined rows as {@link InsertFormat#QUARANTINE}, columns as {@link Layout#quarantineColumns()}. */
    void quarantine(EncodedBlock block);
}
