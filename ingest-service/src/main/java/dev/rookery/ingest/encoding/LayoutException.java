package dev.rookery.ingest.encoding;

/** A data source's columns that cannot receive JSON; the message names the column or path and the reason. */
public final class LayoutException extends RuntimeException {
    LayoutException(String message) {
        super(message);
    }
}
