package dev.rookery.ingest.writer;

/**
 * One INSERT of the plan: a chunk, and the table it goes to.
 *
 * @param table the chunk's own, or the one that the write plan names instead of it or besides it; the token is the
 *     chunk's in either case, for each table has its own memory of tokens
 */
record Delivery(Chunk chunk, String table) {
    @Override
    public String toString() {
        return "workspace=%s source=%s table=%s.%s partition=%s offsets=%d-%d"
                .formatted(
                        chunk.target().workspace(),
                        chunk.target().source(),
                        chunk.target().database(),
                        table,
                        chunk.partition(),
                        chunk.first(),
                        chunk.last());
    }
}
