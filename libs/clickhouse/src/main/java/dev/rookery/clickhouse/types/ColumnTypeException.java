package dev.rookery.clickhouse.types;

/** A text that is not a ClickHouse type; the message says what was expected and at which character (from 0). */
public final class ColumnTypeException extends RuntimeException {

    private final int position;

    ColumnTypeException(String message, String text, int position) {
        super("%s at character %d of type '%s'".formatted(message, position, text));
        this.position = position;
    }

    /** Index into the parsed text, from 0 to its length. */
    public int position() {
        return position;
    }
}
