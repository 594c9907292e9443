package dev.rookery.standalone;

/** The platform cannot start; the message is one line for the person who started it. */
final class StandaloneException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StandaloneException(String message) {
        super(message);
    }

    StandaloneException(String message, Throwable cause) {
        super(message, cause);
    }
}
