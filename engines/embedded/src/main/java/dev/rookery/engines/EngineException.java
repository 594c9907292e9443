package dev.rookery.engines;

/** An engine could not be started, reached or stopped. The message is one line that says what to do. */
public final class EngineException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * A failure whose reason is all in the message.
     *
     * @param message one line: what failed, and what to do about it
     */
    public EngineException(String message) {
        super(message);
    }

    /**
     * A failure with the exception behind it.
     *
     * @param message one line: what failed, and what to do about it
     * @param cause what was thrown underneath
     */
    public EngineException(String message, Throwable cause) {
        super(message, cause);
    }
}
