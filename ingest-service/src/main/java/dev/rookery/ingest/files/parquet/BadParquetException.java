package dev.rookery.ingest.files.parquet;

/** A file that is no Parquet, or none that is taken. The message says why, in words for the tenant. */
public final class BadParquetException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public BadParquetException(String message) {
        super(message);
    }
}
