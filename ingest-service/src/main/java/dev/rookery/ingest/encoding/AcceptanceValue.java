package dev.rookery.ingest.encoding;

/**
 * A column's value decided when the row is accepted, for defaults that would give another answer at insert time
 * ({@code now()}, {@code generateUUIDv4()}: ALGORITHMS.md rule 4). Used where the value is missing or null.
 */
@FunctionalInterface
public interface AcceptanceValue {

    /**
     * The value in ClickHouse's RowBinary form for the column's type, asked once per row that needs it. The encoder
     * copies the bytes at once, so the same array may be returned again.
     *
     * @param acceptance the request the row belongs to
     */
    byte[] rowBinary(Acceptance acceptance);
}
