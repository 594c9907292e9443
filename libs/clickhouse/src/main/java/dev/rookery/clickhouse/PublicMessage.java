package dev.rookery.clickhouse;

import java.util.Map;
import java.util.regex.Pattern;

/** Puts ClickHouse's error messages into a tenant's words: without version, error envelope and physical names. */
public final class PublicMessage {
    private static final Pattern ENVELOPE = Pattern.compile("(?s)^Code: \\d+\\. DB::Exception: ");
    private static final Pattern VERSION = Pattern.compile("(?s) ?\\(version [^)]*\\).*$");
    private static final int MAX_CHARACTERS = 2_000;

    private PublicMessage() {}

    /**
     * @param message ClickHouse's own
     * @param database the tenant's physical database
     * @param names the tenant's name of each physical table
     */
    public static String of(String message, String database, Map<String, String> names) {
        String text =
                VERSION.matcher(ENVELOPE.matcher(message).replaceFirst("")).replaceFirst("");
        text = text.replace(Sql.identifier(database) + ".", "").replace(database + ".", "");
        for (Map.Entry<String, String> name : names.entrySet()) {
            text = text.replace(name.getKey(), name.getValue());
        }
        return text.length() > MAX_CHARACTERS ? text.substring(0, MAX_CHARACTERS) + "…" : text;
    }
}
