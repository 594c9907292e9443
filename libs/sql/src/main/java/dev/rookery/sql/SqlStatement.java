package dev.rookery.sql;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What one statement refers to. Immutable and thread-safe. */
public final class SqlStatement {

    private final LexedSql lexed;
    private final StatementKind kind;
    private final List<ReferenceSite> sites;
    private final List<TableReference> references;
    private final List<Setting> settings;
    private final Map<String, SourcePosition> functions;
    private final List<QueryParameter> parameters;
    private final List<Path> qualifiedColumns;
    private final List<Edit> hoisted;
    private final List<String> expressionUses;
    private final List<String> quietOperands;
    private final @Nullable String format;
    private final @Nullable ShowCommand show;
    private final String explain;

    SqlStatement(
            LexedSql lexed,
            StatementKind kind,
            List<ReferenceSite> sites,
            List<Setting> settings,
            Map<String, SourcePosition> functions,
            List<QueryParameter> parameters,
            List<Path> qualifiedColumns,
            List<Edit> hoisted,
            List<String> expressionUses,
            List<String> quietOperands,
            @Nullable String format,
            @Nullable ShowCommand show,
            String explain) {
        this.lexed = lexed;
        this.kind = kind;
        this.sites = sites;
        this.references = sites.stream().map(ReferenceSite::reference).toList();
        this.settings = settings;
        this.functions = functions;
        this.parameters = parameters;
        this.qualifiedColumns = qualifiedColumns;
        this.hoisted = hoisted;
        this.expressionUses = expressionUses;
        this.quietOperands = quietOperands;
        this.format = format;
        this.show = show;
        this.explain = explain;
    }

    /** The text that was analysed. */
    public String text() {
        return lexed.text();
    }

    /** What the statement does. */
    public StatementKind kind() {
        return kind;
    }

    /** Every place that names a table or calls a table function, in the order of the text. */
    public List<TableReference> references() {
        return references;
    }

    /** Every setting, at every level, in the order of the text. */
    public List<Setting> settings() {
        return settings;
    }

    /** Decoded values of the settings that apply to the whole statement; the last of a name wins. */
    public Map<String, String> topLevelSettings() {
        var values = new LinkedHashMap<String, String>();
        settings.stream().filter(Setting::topLevel).forEach(setting -> values.put(setting.name(), setting.literal()));
        return Map.copyOf(values);
    }

    /** The name after FORMAT, as written; null if there is none. */
    public @Nullable String format() {
        return format;
    }

    /** Lower-case names of all functions that are called, without table functions and operators, and where first. */
    public Map<String, SourcePosition> functions() {
        return functions;
    }

    /** Placeholders in the order of the text. */
    public List<QueryParameter> parameters() {
        return parameters;
    }

    /** What a SHOW or EXISTS asks about; null for other statements. */
    public @Nullable ShowCommand show() {
        return show;
    }

    /** For EXPLAIN what is explained, such as {@code AST} or {@code QUERY TREE}; empty for other statements. */
    public String explain() {
        return explain;
    }

    /**
     * The statement's tokens with literals normalised: an opaque key of at most 4,097 characters, which is not for logs.
     * Statements of one shape have the same structure and name the same objects, so that ClickHouse's parser need confirm
     * only one of them. Literals in positions that name objects, and values of settings, belong to the shape.
     */
    public String shape() {
        return Shape.of(lexed, sites, !settings.isEmpty());
    }

    LexedSql lexed() {
        return lexed;
    }

    List<ReferenceSite> sites() {
        return sites;
    }

    List<Path> qualifiedColumns() {
        return qualifiedColumns;
    }

    /** Uses of common table expressions in FROM. */
    List<String> expressionUses() {
        return expressionUses;
    }

    /** Names to the right of IN that are aliases or common table expressions. */
    List<String> quietOperands() {
        return quietOperands;
    }

    List<Edit> hoisted() {
        return hoisted;
    }
}
