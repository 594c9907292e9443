package dev.rookery.datafile;

/**
 * Something wrong, or worth knowing, about a datafile.
 *
 * @param path the file, as given to the parser
 * @param at the first character at fault
 * @param message what is wrong and what was expected, as one sentence or two, without the place
 */
public record DatafileError(String path, Position at, String message) {

    /** From 1. */
    public int line() {
        return at.line();
    }

    /** From 1, in UTF-16 code units. */
    public int column() {
        return at.column();
    }

    /** {@code path:line:column: message}. */
    @Override
    public String toString() {
        return path + ":" + at + ": " + message;
    }
}
