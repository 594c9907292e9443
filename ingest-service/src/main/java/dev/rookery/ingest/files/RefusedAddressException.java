package dev.rookery.ingest.files;

/** A URL that is not asked for, whatever happens. The message is for the tenant. */
final class RefusedAddressException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RefusedAddressException(String message) {
        super(message);
    }
}
