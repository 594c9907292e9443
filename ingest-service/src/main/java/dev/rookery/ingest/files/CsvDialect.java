package dev.rookery.ingest.files;

import dev.rookery.access.web.ApiException;
import java.nio.charset.Charset;
import org.jspecify.annotations.Nullable;

/**
 * How a CSV is written (DS-20, DS-23): RFC 4180, but for what the client says otherwise. The quote is always {@code "}.
 *
 * @param escape makes the delimiter, quote or line break behind it a plain character; null where quotes are doubled
 * @param newLine ends a row; null for any of CR, LF and both
 */
record CsvDialect(
        char delimiter,
        @Nullable Character escape,
        @Nullable String newLine,
        Charset charset) {
    static final char QUOTE = '"';

    /** Reads the parameters {@code dialect_delimiter}, {@code dialect_escapechar} and {@code dialect_new_line}. */
    static CsvDialect of(LoadParameters parameters, Charset charset) {
        char delimiter = parameters
                .findExact("dialect_delimiter")
                .map(text -> one("dialect_delimiter", text))
                .orElse(',');
        Character escape = parameters
                .findExact("dialect_escapechar")
                .map(text -> one("dialect_escapechar", text))
                .filter(character -> character != QUOTE)
                .orElse(null);
        String newLine = parameters
                .findExact("dialect_new_line")
                .map(CsvDialect::unescaped)
                .filter(text -> !text.equals("\n") && !text.equals("\r\n") && !text.equals("\r"))
                .orElse(null);
        if (delimiter == QUOTE || delimiter == '\n' || delimiter == '\r') {
            throw ApiException.badRequest("The dialect_delimiter cannot be a quote or a line break");
        }
        if (escape != null && escape == delimiter) {
            throw ApiException.badRequest("The dialect_escapechar and the dialect_delimiter are the same");
        }
        if (newLine != null && newLine.length() > 8) {
            throw ApiException.badRequest("The dialect_new_line is longer than 8 characters");
        }
        return new CsvDialect(delimiter, escape, newLine, charset);
    }

    /** Whether it is RFC 4180 but for the delimiter. */
    boolean isPlain() {
        return escape == null && newLine == null;
    }

    private static char one(String name, String text) {
        String plain = unescaped(text);
        if (plain.length() != 1) {
            throw ApiException.badRequest("The parameter '%s' is one character, not '%s'".formatted(name, text));
        }
        return plain.charAt(0);
    }

    /** Clients write what has no key on the keyboard as {@code \t}, {@code \n} and so on. */
    private static String unescaped(String text) {
        return text.length() < 2
                ? text
                : text.replace("\\t", "\t").replace("\\n", "\n").replace("\\r", "\r");
    }
}
