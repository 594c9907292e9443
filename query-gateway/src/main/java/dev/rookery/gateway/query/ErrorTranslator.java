package dev.rookery.gateway.query;

import dev.rookery.catalog.snapshot.DatasourceEntry;
import dev.rookery.catalog.snapshot.DeploymentView;
import dev.rookery.clickhouse.ClickHouseException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.springframework.http.HttpStatus;

/** Puts ClickHouse's errors into the tenant's words and HTTP's statuses (GW-8 to GW-16). */
final class ErrorTranslator {
    private static final int MAX_MESSAGE = 1_000;
    private static final int TOO_MANY_QUERIES = 202;
    private static final String BUSY = "Too many queries are running; try again in a moment";

    /** From here on ClickHouse tells about the whole rewritten statement, the server or its source code. */
    private static final Pattern TAIL = Pattern.compile(
            "(?s)(?:[.,:;]? (?:in scope |While (?:processing|executing)|In scope ))|\\(version \\d|Stack trace|\\bStack\\b:"
                    + "|Maybe you meant table|, server display name|\\(from \\d");

    private static final Pattern PREFIX = Pattern.compile("(?s)^.*?Code: \\d+\\. DB::Exception: ");
    private static final Pattern SYMBOL = Pattern.compile("\\(([A-Z][A-Z0-9_]{3,})\\)");
    private static final Pattern QUALIFIER = Pattern.compile("`?ws_\\d{4,}[a-z0-9_]*`?\\s*\\.\\s*");
    private static final Pattern DATABASE = Pattern.compile("`?ws_\\d{4,}[a-z0-9_]*`?");
    private static final Pattern GENERATED = Pattern.compile("`?[tqv]_[0-9a-z]{26}`?");

    /** Errors that ClickHouse finds before it reads a row: names, types and syntax. */
    private static final Set<Integer> ABOUT_THE_STATEMENT =
            Set.of(8, 10, 16, 42, 43, 46, 47, 48, 60, 62, 63, 179, 184, 207, 215, 352, 386, 403);

    private ErrorTranslator() {}

    /** @param filtered whether the query reads only some rows of a data source */
    static QueryException translate(ClickHouseException e, DeploymentView view, boolean filtered) {
        if (e.getCause() instanceof ConnectionRequestTimeoutException) {
            // All connections to the cluster are at work for others.
            return new QueryException(TOO_MANY_QUERIES, HttpStatus.TOO_MANY_REQUESTS, BUSY, e);
        }
        HttpStatus status = status(e.code());
        String message = switch (e.code()) {
            case 159, 160, 209 -> "The query took longer than it may; read less data, or narrow it by the sorting key";
            case 241 -> "The query needs more memory than it may use; read fewer columns and rows, or group by less";
            case 201, 202, 203 -> BUSY;
            case 396 -> "The result is larger than the plan allows; aggregate more, or add a LIMIT";
            case 497 -> "The query uses something that is not allowed here";
            case 372 -> "The session does not exist, or has not been used for too long";
            case 373 -> "Another query of the same session is still running";
            default ->
                status.is5xxServerError()
                        ? "The database could not run the query; try again, and tell the operator if it stays"
                        : filtered && !ABOUT_THE_STATEMENT.contains(e.code())
                                // ClickHouse may quote a value of a row that the filter hides.
                                ? "The query fails on a value that it meets in a row"
                                : words(String.valueOf(e.getMessage()), view);
        };
        String symbol = symbol(String.valueOf(e.getMessage()));
        return new QueryException(e.code(), status, symbol.isEmpty() ? message : message + " (" + symbol + ")", e);
    }

    /** Whether the client is told ClickHouse's own words about such an error. */
    static boolean needsWords(int code) {
        return status(code) == HttpStatus.BAD_REQUEST;
    }

    private static HttpStatus status(int code) {
        return switch (code) {
            case 159, 160, 209 -> HttpStatus.REQUEST_TIMEOUT;
            case 201, 202, 203 -> HttpStatus.TOO_MANY_REQUESTS;
            case 396 -> HttpStatus.CONTENT_TOO_LARGE;
            case 497 -> HttpStatus.FORBIDDEN;
            case 372 -> HttpStatus.NOT_FOUND;
            case 373 -> HttpStatus.CONFLICT;
            // UNREACHABLE, LOGICAL_ERROR, UNKNOWN_DATABASE, memory, disk and network, our own logins and settings,
            // cancellation, what ClickHouse does not know either
            case 0,
                    49,
                    74,
                    75,
                    76,
                    81,
                    164,
                    173,
                    192,
                    193,
                    194,
                    210,
                    236,
                    241,
                    242,
                    243,
                    279,
                    319,
                    394,
                    425,
                    452,
                    511 -> HttpStatus.INTERNAL_SERVER_ERROR;
            case 512, 516, 999, 1000, 1001, 1002 -> HttpStatus.INTERNAL_SERVER_ERROR;
            default -> HttpStatus.BAD_REQUEST;
        };
    }

    private static String symbol(String message) {
        Matcher symbols = SYMBOL.matcher(message);
        String last = "";
        while (symbols.find()) {
            last = symbols.group(1);
        }
        return last;
    }

    private static String words(String message, DeploymentView view) {
        String text = PREFIX.matcher(message).replaceFirst("");
        text = SYMBOL.matcher(text).replaceAll("");
        Matcher tail = TAIL.matcher(text);
        if (tail.find()) {
            text = text.substring(0, tail.start());
        }
        text = tenantNames(text, view).strip();
        return text.length() <= MAX_MESSAGE ? text : text.substring(0, MAX_MESSAGE) + "…";
    }

    /** The text with data sources in the place of their tables, and without any other physical name. */
    static String tenantNames(String physical, DeploymentView view) {
        Map<String, String> names = names(view);
        String text = GENERATED
                .matcher(physical)
                .replaceAll(match -> Matcher.quoteReplacement(
                        names.getOrDefault(match.group().replace("`", ""), "a table")));
        text = QUALIFIER.matcher(text).replaceAll("");
        return DATABASE.matcher(text).replaceAll("the workspace");
    }

    private static Map<String, String> names(DeploymentView view) {
        Map<String, String> names = new HashMap<>();
        for (DatasourceEntry datasource : view.datasources().values()) {
            names.put(datasource.table(), datasource.name());
            names.put(datasource.quarantineName(), datasource.name() + DatasourceEntry.QUARANTINE_SUFFIX);
        }
        return names;
    }
}
