package dev.rookery.ingest.encoding;

/**
 * Writes JSON values of one type in RowBinary. Not safe for two threads: an encoder keeps working state between the
 * calls that make up one row.
 */
interface ValueEncoder {

    /**
     * Writes the value whose first token the cursor is on, and leaves the cursor on its last.
     *
     * @return false if the value does not fit; then the cursor is somewhere inside the value and what was written
     *     since the call is void
     */
    boolean encode(JsonCursor in, RowBuffer out);

    /**
     * Writes what ClickHouse stores for a null or missing element of an array, map or tuple.
     *
     * @return false if the type has no such value (an enum without 0)
     */
    boolean encodeDefault(RowBuffer out);
}
