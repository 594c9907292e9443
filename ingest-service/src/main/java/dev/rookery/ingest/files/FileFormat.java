package dev.rookery.ingest.files;

import dev.rookery.access.web.ApiException;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a file's bytes mean (DS-2, DS-19). */
enum FileFormat {
    CSV,
    NDJSON,
    PARQUET;

    private static final byte[] PARQUET_MAGIC = {'P', 'A', 'R', '1'};

    /** The format as clients write it. */
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws ApiException 400 when there is no such format */
    static FileFormat parse(String text) {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "csv" -> CSV;
            case "ndjson", "jsonl" -> NDJSON;
            case "parquet" -> PARQUET;
            default ->
                throw ApiException.badRequest(
                        "The format '%s' is not supported; use csv, ndjson or parquet".formatted(text));
        };
    }

    /** What the end of a file's name says, with or without the {@code .gz} of a compressed one. */
    static Optional<FileFormat> ofName(@Nullable String fileName) {
        if (fileName == null) {
            return Optional.empty();
        }
        String name = fileName.toLowerCase(Locale.ROOT).replaceFirst("\\.gz$", "");
        return switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "csv" -> Optional.of(CSV);
            case "ndjson", "jsonl" -> Optional.of(NDJSON);
            case "parquet" -> Optional.of(PARQUET);
            default -> Optional.empty();
        };
    }

    /** What the first bytes look like: Parquet by its magic, objects by their brace, and otherwise text. */
    static FileFormat ofContent(byte[] head) {
        if (isParquet(head)) {
            return PARQUET;
        }
        int first = 0;
        while (first < head.length && ((head[first] >= 0 && head[first] <= ' ') || isByteOrderMark(head[first]))) {
            first++;
        }
        return first < head.length && head[first] == '{' ? NDJSON : CSV;
    }

    /** Whether nothing but Parquet begins so. */
    static boolean isParquet(byte[] head) {
        for (int i = 0; i < PARQUET_MAGIC.length; i++) {
            if (head.length <= i || head[i] != PARQUET_MAGIC[i]) {
                return false;
            }
        }
        return true;
    }

    private static boolean isByteOrderMark(byte b) {
        return b == (byte) 0xEF || b == (byte) 0xBB || b == (byte) 0xBF;
    }
}
