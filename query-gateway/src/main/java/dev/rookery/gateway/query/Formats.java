package dev.rookery.gateway.query;

import dev.rookery.sql.SqlException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** How answers may be written, and what their Content-Type is (client-contract.md 1, rule 10). */
public final class Formats {
    private static final Map<String, String> BY_EXTENSION = Map.of(
            "json", "JSON",
            "csv", "CSVWithNames",
            "ndjson", "JSONEachRow",
            "parquet", "Parquet",
            "prometheus", "Prometheus");

    private static final Map<String, String> CONTENT_TYPES = Map.of(
            "JSON", "application/json; charset=utf-8",
            "CSV", "text/csv; charset=utf-8",
            "CSVWithNames", "text/csv; charset=utf-8",
            "CSVWithNamesAndTypes", "text/csv; charset=utf-8",
            "JSONEachRow", "application/x-ndjson",
            "JSONLines", "application/x-ndjson",
            "NDJSON", "application/x-ndjson",
            "Parquet", "application/octet-stream",
            "Prometheus", "text/plain; version=0.0.4; charset=utf-8");

    /** ClickHouse's formats that write nothing but the result, and read no file to do so. */
    private static final Set<String> ALLOWED = Set.of(
            "Arrow",
            "ArrowStream",
            "Avro",
            "BSONEachRow",
            "CSV",
            "CSVWithNames",
            "CSVWithNamesAndTypes",
            "JSON",
            "JSONColumns",
            "JSONColumnsWithMetadata",
            "JSONCompact",
            "JSONCompactColumns",
            "JSONCompactEachRow",
            "JSONCompactEachRowWithNames",
            "JSONCompactEachRowWithNamesAndTypes",
            "JSONCompactEachRowWithProgress",
            "JSONCompactStrings",
            "JSONCompactStringsEachRow",
            "JSONCompactStringsEachRowWithNames",
            "JSONCompactStringsEachRowWithNamesAndTypes",
            "JSONEachRow",
            "JSONEachRowWithProgress",
            "JSONLines",
            "JSONObjectEachRow",
            "JSONStrings",
            "JSONStringsEachRow",
            "LineAsString",
            "Markdown",
            "MsgPack",
            "NDJSON",
            "Native",
            "Null",
            "ORC",
            "Parquet",
            "Pretty",
            "PrettyCompact",
            "PrettyCompactNoEscapes",
            "PrettyJSONEachRow",
            "PrettyNoEscapes",
            "PrettySpace",
            "PrettySpaceNoEscapes",
            "Prometheus",
            "RawBLOB",
            "RowBinary",
            "RowBinaryWithNames",
            "RowBinaryWithNamesAndTypes",
            "TSKV",
            "TSV",
            "TSVRaw",
            "TSVWithNames",
            "TSVWithNamesAndTypes",
            "TabSeparated",
            "TabSeparatedRaw",
            "TabSeparatedWithNames",
            "TabSeparatedWithNamesAndTypes",
            "Values",
            "Vertical",
            "XML");

    private Formats() {}

    /** The format of a path's extension (GW-2), or of the parameter {@code format}. */
    public static Optional<String> ofExtension(String extension) {
        return Optional.ofNullable(BY_EXTENSION.get(extension.toLowerCase(Locale.ROOT)));
    }

    /** @throws SqlException when answers cannot be written in this format */
    public static String allowed(String format) {
        if (!ALLOWED.contains(format)) {
            throw new SqlException("The format '%s' is not available".formatted(format), 0, 0);
        }
        return format;
    }

    /**
     * What clients are told about an answer.
     *
     * @param clickHouse what ClickHouse says
     */
    public static String contentType(String format, Optional<String> clickHouse) {
        String known = CONTENT_TYPES.get(format);
        if (known != null) {
            return known;
        }
        String type = clickHouse.orElse("application/octet-stream");
        // Clients take a text for one only when nothing follows.
        return type.startsWith("text/plain") ? "text/plain" : type;
    }
}
