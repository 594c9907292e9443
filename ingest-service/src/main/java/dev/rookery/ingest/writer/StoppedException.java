package dev.rookery.ingest.writer;

/** The partition is given away while somebody waits for Postgres on its behalf. */
final class StoppedException extends RuntimeException {
    private static final long serialVersionUID = 1L;
}
