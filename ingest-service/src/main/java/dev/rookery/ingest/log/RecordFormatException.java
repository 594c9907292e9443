package dev.rookery.ingest.log;

/** A record of the log that this version cannot read. It is never skipped: a newer version may be able to. */
public final class RecordFormatException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public RecordFormatException(String message) {
        super(message);
    }

    RecordFormatException(String message, Throwable cause) {
        super(message, cause);
    }
}
