package dev.rookery.controlplane.deployments;

/** A datafile's text cannot become part of a statement. The message says which, and why. */
final class DdlException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int line;

    /** @param line where it stands in the datafile, from 1 */
    DdlException(int line, IllegalArgumentException cause) {
        super(cause.getMessage(), cause);
        this.line = line;
    }

    int line() {
        return line;
    }
}
