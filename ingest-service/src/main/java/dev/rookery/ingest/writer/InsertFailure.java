package dev.rookery.ingest.writer;

import dev.rookery.clickhouse.ClickHouseException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Why an insert did not succeed.
 *
 * @param code ClickHouse's, or {@link ClickHouseException#UNREACHABLE}
 * @param passing whether the same insert may succeed by itself
 * @param overall whether the cluster is at fault rather than this insert
 * @param message ClickHouse's own words, which may name tables and hold values: not for the tenant, nor for the log
 */
record InsertFailure(int code, boolean passing, boolean overall, String message) {
    private static final int TOO_MANY_SIMULTANEOUS_QUERIES = 202;
    private static final int TOO_MANY_PARTS = 252;

    /** The innermost view comes first: it is the one that fails. */
    private static final Pattern VIEW = Pattern.compile("while pushing to view `?\\w+`?\\.`?(\\w+)`?");

    private static final Pattern TARGET = Pattern.compile("Target table '\\w+\\.(\\w+)' of view");
    private static final Pattern NAME = Pattern.compile("\\(([A-Z_0-9]{3,60})\\)");

    static InsertFailure of(ClickHouseException e) {
        boolean overall = e.code() == ClickHouseException.UNREACHABLE || e.code() == TOO_MANY_SIMULTANEOUS_QUERIES;
        return new InsertFailure(e.code(), e.isRetriable(), overall, String.valueOf(e.getMessage()));
    }

    /** The cluster's address or credentials are not known at the moment. */
    static InsertFailure unknownCluster(RuntimeException e) {
        return new InsertFailure(ClickHouseException.UNREACHABLE, true, true, e.toString());
    }

    /** Something of our own. */
    static InsertFailure unknown(RuntimeException e) {
        return new InsertFailure(ClickHouseException.UNREACHABLE, true, false, e.toString());
    }

    /** The materialized view that refused the rows; empty when the landing table did. */
    Optional<String> view() {
        return find(VIEW);
    }

    /** The table that a view writes to and that is no longer there. */
    Optional<String> missingTarget() {
        return find(TARGET);
    }

    /** Whether the rows fall into more partitions than one insert may touch. */
    boolean isTooManyPartitions() {
        return code == TOO_MANY_PARTS && message.contains("Too many partitions for single INSERT block");
    }

    /** In words that may be told to the tenant. */
    String reason() {
        if (code == ClickHouseException.UNREACHABLE) {
            return "the database does not answer";
        }
        Matcher name = NAME.matcher(message);
        String last = "";
        while (name.find()) {
            last = " " + name.group(1);
        }
        String where = view().isPresent() ? "a materialized view fails" : "inserts fail";
        return "%s with ClickHouse's error %d%s".formatted(where, code, last);
    }

    private Optional<String> find(Pattern pattern) {
        Matcher matcher = pattern.matcher(message);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}
