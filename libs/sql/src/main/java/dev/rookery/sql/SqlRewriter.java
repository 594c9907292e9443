package dev.rookery.sql;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Puts physical tables and inlined queries in the place of names. All other text stays as it is, but for literals and quoted
 * names that ClickHouse could read in more than one way: they are written anew in ASCII (rule 13).
 */
public final class SqlRewriter {

    /** Most pipes and nodes that one statement may expand to, at all levels together (rule 14). */
    public static final int MAX_EXPANSIONS = 200;

    /** Longest result in UTF-16 units. */
    public static final int MAX_LENGTH = 4 << 20;

    private final SqlStatement statement;
    private final List<Edit> edits = new ArrayList<>();
    private final List<FinalReference> references = new ArrayList<>();
    private final Map<String, Setting> settings = new LinkedHashMap<>();
    private int expansions;

    private SqlRewriter(SqlStatement statement) {
        this.statement = statement;
    }

    /**
     * Rewrites a SELECT, EXPLAIN or DESCRIBE.
     *
     * @param resolver says for each reference what takes its place, or throws to refuse it; called once per reference in the
     *     order of the text
     * @throws SqlException if the statement cannot be rewritten so, or expands beyond {@link #MAX_EXPANSIONS} or {@link
     *     #MAX_LENGTH}
     */
    public static RewrittenSql rewrite(SqlStatement statement, Function<TableReference, Replacement> resolver) {
        return switch (statement.kind()) {
            case SELECT, EXPLAIN, DESCRIBE -> new SqlRewriter(statement).run(resolver);
            case SHOW, EXISTS, OTHER ->
                throw new SqlException("A statement of this kind is not rewritten: " + statement.kind(), 1, 1);
        };
    }

    private RewrittenSql run(Function<TableReference, Replacement> resolver) {
        edits.addAll(statement.hoisted());
        statement.settings().stream()
                .filter(Setting::topLevel)
                .forEach(setting -> settings.put(setting.name(), setting));
        var prewhere = new PrewhereMove(edits);
        var columns = new QualifiedColumns(statement);
        for (ReferenceSite site : statement.sites()) {
            Replacement replacement = resolver.apply(site.reference());
            replace(site, replacement, prewhere);
            columns.replaced(site, replacement);
        }
        columns.strip(edits);
        addLiteralEdits();
        edits.sort((a, b) ->
                a.start() != b.start() ? Integer.compare(a.start(), b.start()) : Integer.compare(a.end(), b.end()));
        String text = Edit.apply(statement.text(), edits);
        if (text.length() > MAX_LENGTH) {
            throw new SqlException("The statement grows beyond " + MAX_LENGTH + " characters", 0, 0);
        }
        return new RewrittenSql(statement.kind(), text, references, settings, statement.format(), expansions);
    }

    private void replace(ReferenceSite site, Replacement replacement, PrewhereMove prewhere) {
        TableReference reference = site.reference();
        switch (replacement) {
            case Replacement.Keep() -> {
                if (reference.kind() == ReferenceKind.IN_OPERAND && reference.database() != null) {
                    // An alias in front of the dot proves nothing: without such a column ClickHouse looks for a table.
                    throw refuse(site, "Not a known table to the right of IN");
                }
                references.add(new FinalReference(reference.database(), reference.name(), reference.kind()));
            }
            case Replacement.PhysicalTable table -> {
                references.add(new FinalReference(table.database(), table.table(), reference.kind()));
                edit(site, physical(site, table.database(), table.table()), true);
            }
            case Replacement.FilteredTable table -> filtered(site, table, prewhere);
            case Replacement.Inline(RewrittenSql body) -> inline(site, body, prewhere);
        }
    }

    private String physical(ReferenceSite site, String database, String table) {
        return switch (site.reference().kind()) {
            case TABLE, IN_OPERAND -> Quoting.identifier(database) + '.' + Quoting.identifier(table);
            case FUNCTION_ARGUMENT -> {
                if (database.indexOf('.') >= 0 || table.indexOf('.') >= 0) {
                    throw refuse(site, "A name with a dot cannot be the argument of a function");
                }
                yield Quoting.literal(database + '.' + table);
            }
            case TABLE_FUNCTION -> throw refuse(site, "A table function cannot be replaced");
        };
    }

    private void filtered(ReferenceSite site, Replacement.FilteredTable table, PrewhereMove prewhere) {
        requireTable(site, "Only some rows of this data source may be read, which a function would not respect");
        references.add(new FinalReference(
                table.database(), table.table(), site.reference().kind()));
        if (statement.kind() == StatementKind.DESCRIBE
                && site.select() == null
                && site.reference().depth() == 0) {
            edit(site, physical(site, table.database(), table.table()), false);
            return;
        }
        if (site.isFinal() && site.select() != null && site.select().prewhere() != null) {
            throw refuse(site, "PREWHERE cannot be combined with FINAL on a data source that is filtered");
        }
        prewhere.move(site.select());
        String modifiers = statement.text().substring(site.modifiersStart(), site.modifiersEnd());
        String columns = table.columns().isEmpty()
                ? "*"
                : String.join(
                        ", ", table.columns().stream().map(Quoting::identifier).toList());
        String query = "(SELECT " + columns + " FROM " + Quoting.identifier(table.database()) + '.'
                + Quoting.identifier(table.table()) + " AS " + Quoting.identifier(table.qualifier())
                + (modifiers.isEmpty() ? "" : ' ' + modifiers)
                + (table.prewhere() && !site.isFinal() ? "\nPREWHERE " : "\nWHERE ")
                + table.filter().qualified(table.qualifier()) + ')';
        edit(site, query, true);
        removeModifiers(site);
    }

    private void inline(ReferenceSite site, RewrittenSql body, PrewhereMove prewhere) {
        requireTable(site, "A pipe cannot be the argument of a function");
        if (body.kind() != StatementKind.SELECT) {
            throw refuse(site, "Only a SELECT can be read from");
        }
        if (body.format() != null) {
            throw refuse(site, "The query that is read from must not have a FORMAT");
        }
        if (site.modifiersStart() != site.modifiersEnd()) {
            throw refuse(site, "FINAL and SAMPLE are for data sources only");
        }
        expansions += 1 + body.expansions();
        if (expansions > MAX_EXPANSIONS) {
            throw refuse(site, "The query expands to more than " + MAX_EXPANSIONS + " pipes and nodes");
        }
        references.addAll(body.references());
        body.hoisted().forEach(settings::putIfAbsent);
        prewhere.move(site.select());
        edit(site, '(' + body.text() + "\n)", true);
    }

    private void requireTable(ReferenceSite site, String message) {
        switch (site.reference().kind()) {
            case TABLE, IN_OPERAND -> {
                // A subquery can stand here.
            }
            case FUNCTION_ARGUMENT, TABLE_FUNCTION -> throw refuse(site, message);
        }
    }

    private void edit(ReferenceSite site, String text, boolean named) {
        TableReference reference = site.reference();
        boolean alias = named && site.aliasable() && reference.alias() == null;
        edits.add(new Edit(
                site.start(), site.end(), alias ? text + " AS " + Quoting.identifier(reference.name()) : text));
    }

    private void removeModifiers(ReferenceSite site) {
        if (site.modifiersStart() != site.modifiersEnd()) {
            edits.add(new Edit(site.modifiersStart(), site.modifiersEnd(), ""));
        }
    }

    /** Canonical literals, except where the text around them is already replaced or removed. */
    private void addLiteralEdits() {
        edits.sort((a, b) -> Integer.compare(a.start(), b.start()));
        List<Edit> literals = new ArrayList<>();
        int next = 0;
        @Nullable Edit covering = null;
        for (Edit literal : statement.lexed().edits()) {
            while (next < edits.size() && edits.get(next).start() <= literal.start()) {
                Edit edit = edits.get(next++);
                if (edit.end() > edit.start()) {
                    covering = edit;
                }
            }
            if (covering == null || covering.end() <= literal.start()) {
                literals.add(literal);
            }
        }
        edits.addAll(literals);
    }

    private static SqlException refuse(ReferenceSite site, String message) {
        SourcePosition position = site.reference().position();
        return new SqlException(message + ": " + site.reference().name(), position.line(), position.column());
    }
}
