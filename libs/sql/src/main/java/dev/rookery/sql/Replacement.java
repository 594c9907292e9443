package dev.rookery.sql;

import java.util.List;

/** What stands in a statement's place of a reference after rewriting. To refuse a reference, throw instead. */
public sealed interface Replacement {

    /** A fully qualified table. */
    record PhysicalTable(String database, String table) implements Replacement {}

    /**
     * A table of which only some rows may be seen: its own subselect, in which nothing but the filter stands (rule 12).
     * FINAL and SAMPLE move into it; a PREWHERE of the statement becomes part of its WHERE.
     *
     * <p>The filter is the subselect's PREWHERE where it can be. As a WHERE, ClickHouse may evaluate the conditions around
     * the subselect first, and an error such as {@code Cannot parse string '…'} then shows values of hidden rows. With FINAL
     * it is a WHERE, which sees the same rows as the statement would; there ClickHouse moves no condition forward unless
     * {@code optimize_move_to_prewhere_if_final} is set, which must therefore be on no list of allowed settings.
     *
     * @param qualifier the table's alias within the subselect, by which every column of the filter is qualified
     * @param filter which rows may be seen
     * @param prewhere whether the table's engine has PREWHERE, as all of the MergeTree family have
     * @param columns the columns to read; empty for {@code *}, which leaves out MATERIALIZED and ALIAS columns
     */
    record FilteredTable(
            String database, String table, String qualifier, SqlFilter filter, boolean prewhere, List<String> columns)
            implements Replacement {
        public FilteredTable {
            columns = List.copyOf(columns);
        }
    }

    /** The SQL of a pipe or node, already rewritten, in brackets at the place of the reference (rule 14). */
    record Inline(RewrittenSql body) implements Replacement {}

    /** Leaves the reference as it is: table functions that are allowed, and single names to the right of IN that are columns. */
    record Keep() implements Replacement {}
}
