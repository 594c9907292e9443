package dev.rookery.datafile;

/**
 * SQL as a file holds it, without the indentation its lines share and without blank lines around it.
 *
 * @param text not empty; a first character {@code %} marks a template (DFP-1)
 * @param at the place of the first character of the first line; no part of equality
 */
public record SqlText(String text, Position at) {

    /** Whether the node is rendered by the template engine before it is SQL. */
    public boolean isTemplate() {
        return text.startsWith("%");
    }

    /**
     * The file's line of a line of this text.
     *
     * @param line from 1
     */
    public int fileLine(int line) {
        return at.line() + line - 1;
    }
}
