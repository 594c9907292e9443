package dev.rookery.sql;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A statement after rewriting. Made by {@link SqlRewriter} only, so that nothing unread can be inlined.
 *
 * <p>Immutable and thread-safe.
 */
public final class RewrittenSql {

    private final StatementKind kind;
    private final String text;
    private final List<FinalReference> references;
    private final Map<String, Setting> settings;
    private final @Nullable String format;
    private final int expansions;

    RewrittenSql(
            StatementKind kind,
            String text,
            List<FinalReference> references,
            Map<String, Setting> settings,
            @Nullable String format,
            int expansions) {
        this.kind = kind;
        this.text = text;
        this.references = List.copyOf(references);
        this.settings = new LinkedHashMap<>(settings);
        this.format = format;
        this.expansions = expansions;
    }

    /** The text to run, without a semicolon and without the SETTINGS and FORMAT of the whole statement. */
    public String text() {
        return text;
    }

    /** What the text refers to, inlined parts included, in the order of the text. */
    public List<FinalReference> references() {
        return references;
    }

    /** Values as text of the settings of the whole statement; its own win over those of inlined parts. */
    public Map<String, String> settings() {
        var values = new LinkedHashMap<String, String>();
        settings.forEach((name, setting) -> values.put(name, setting.literal()));
        return values;
    }

    /** The name after FORMAT; null if there is none. */
    public @Nullable String format() {
        return format;
    }

    /** How many pipes and nodes were inlined, at all levels. */
    public int expansions() {
        return expansions;
    }

    /** The text with its settings and format put back behind it. */
    public String withSettingsAndFormat() {
        var result = new StringBuilder(text);
        String separator = "\nSETTINGS ";
        for (Setting setting : settings.values()) {
            result.append(separator).append(Quoting.identifier(setting.name())).append(" = ");
            boolean string = setting.value().isEmpty() || !isWord(setting.value());
            result.append(string ? Quoting.literal(setting.literal()) : setting.value());
            separator = ", ";
        }
        if (format != null) {
            result.append("\nFORMAT ").append(format);
        }
        return result.toString();
    }

    /**
     * The analysis of {@link #text}, for its shape and for {@link AstConfirmation}. Made anew at each call.
     *
     * @throws SqlException if the text is no longer understood, which is a reason not to run it
     */
    public SqlStatement analysis() {
        return new StatementParser(Lexer.lex(text, SqlRewriter.MAX_LENGTH)).statement();
    }

    private static boolean isWord(String value) {
        return value.chars().allMatch(c -> Lexer.isWord((char) c) || c == '.' || c == '-');
    }

    StatementKind kind() {
        return kind;
    }

    Map<String, Setting> hoisted() {
        return settings;
    }
}
