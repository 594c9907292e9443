package dev.rookery.datafile;

/**
 * A place in a datafile. Two positions are always equal: where something stands is no part of what it says, so records
 * that carry positions compare by meaning, and a file that was only re-indented or commented equals its earlier self.
 *
 * @param line from 1; 0 for something the file does not write out, such as a default
 * @param column from 1, in UTF-16 code units; 0 with line 0
 */
public record Position(int line, int column) {

    /** For what no line of the file says. */
    public static final Position NONE = new Position(0, 0);

    /** Rejects negative numbers. */
    public Position {
        if (line < 0 || column < 0) {
            throw new IllegalArgumentException("line and column are not negative: " + line + ":" + column);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Position;
    }

    @Override
    public int hashCode() {
        return 1;
    }

    @Override
    public String toString() {
        return line + ":" + column;
    }
}
