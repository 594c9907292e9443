package dev.rookery.sql;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What parsing finds out, in the order of the text. Belongs to one analysis. */
final class Facts {

    private final Positions positions;
    private final List<ReferenceSite> references = new ArrayList<>();
    private final List<Setting> settings = new ArrayList<>();
    private final Map<String, SourcePosition> functions = new LinkedHashMap<>();
    private final List<QueryParameter> parameters = new ArrayList<>();
    private final List<Path> qualifiedColumns = new ArrayList<>();
    private final List<Edit> hoisted = new ArrayList<>();
    private final List<Path> columns = new ArrayList<>();
    private final List<String> expressionUses = new ArrayList<>();
    private final List<String> quietOperands = new ArrayList<>();
    private @Nullable String format;
    private int scopes;

    Facts(String sql) {
        this.positions = new Positions(sql);
    }

    Scope newScope(@Nullable Scope parent, int depth) {
        return new Scope(parent, scopes++, depth);
    }

    SourcePosition position(Token token) {
        return positions.of(token.start());
    }

    void reference(ReferenceSite site) {
        references.add(site);
    }

    /** Records names to the right of IN that are no alias and no common table expression of their SELECT. */
    void close(Scope scope) {
        for (var operand : scope.operands()) {
            Path path = operand.path();
            String first = path.first().value();
            if (path.parts().size() == 1 && (scope.lookup(first) == Scope.Lookup.FOUND || scope.isAlias(first))) {
                quietOperands.add(first);
                continue;
            }
            reference(new ReferenceSite(
                    new TableReference(
                            path.parts().size() == 2 ? first : null,
                            path.last().value(),
                            null,
                            ReferenceKind.IN_OPERAND,
                            null,
                            List.of(),
                            scope.depth(),
                            scope.number(),
                            position(path.first())),
                    path.end(),
                    false,
                    false,
                    path.end(),
                    path.end(),
                    null));
        }
    }

    /** A name in FROM that is a common table expression. */
    void expressionUse(String name) {
        expressionUses.add(name);
    }

    void setting(Setting setting) {
        settings.add(setting);
    }

    int settingCount() {
        return settings.size();
    }

    /** Takes the settings from this one on for settings of one SELECT of many. */
    void ofElement(int first) {
        settings.subList(first, settings.size()).replaceAll(Setting::ofElement);
    }

    void function(Token name) {
        String lower = name.value().toLowerCase(Locale.ROOT);
        if (!functions.containsKey(lower)) {
            functions.put(lower, position(name));
        }
    }

    void parameter(QueryParameter parameter) {
        parameters.add(parameter);
    }

    void column(Path path) {
        columns.add(path);
    }

    List<Path> columns() {
        return List.copyOf(columns);
    }

    /** Whether anything was found that reaches beyond the columns of one table. */
    boolean hasObjects() {
        return scopes > 1 || !references.isEmpty() || !parameters.isEmpty();
    }

    void qualifiedColumn(Path path) {
        qualifiedColumns.add(path);
    }

    void hoist(int start, int end) {
        hoisted.add(new Edit(start, end, ""));
    }

    void format(String name) {
        format = name;
    }

    SqlStatement statement(LexedSql lexed, StatementKind kind, @Nullable ShowCommand show, @Nullable String explain) {
        references.sort((a, b) -> Integer.compare(a.start(), b.start()));
        return new SqlStatement(
                lexed,
                kind,
                List.copyOf(references),
                List.copyOf(settings),
                Map.copyOf(functions),
                List.copyOf(parameters),
                List.copyOf(qualifiedColumns),
                List.copyOf(hoisted),
                List.copyOf(expressionUses),
                List.copyOf(quietOperands),
                format,
                show,
                Objects.requireNonNullElse(explain, ""));
    }
}
