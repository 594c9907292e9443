package dev.rookery.sql;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The names that one SELECT, or one chain of UNION, brings into being. */
final class Scope {

    private final @Nullable Scope parent;
    private final int number;
    private final int depth;
    private final Set<String> expressions = new HashSet<>();
    private final Set<String> aliases = new HashSet<>();
    private final Set<String> withAliases = new HashSet<>();
    private final List<PendingOperand> operands = new ArrayList<>();
    private final Map<String, Token> tableAliases = new HashMap<>();
    private final List<Token> tables = new ArrayList<>();
    private @Nullable Set<String> namesBeforeDefinition;
    private @Nullable String defining;

    Scope(@Nullable Scope parent, int number, int depth) {
        this.parent = parent;
        this.number = number;
        this.depth = depth;
    }

    /** A name to the right of IN, decided when all aliases of its SELECT are known. */
    record PendingOperand(Path path) {}

    int number() {
        return number;
    }

    int depth() {
        return depth;
    }

    Set<String> expressions() {
        return expressions;
    }

    /** How a name resolves among common table expressions. */
    enum Lookup {
        ABSENT,
        FOUND,
        /** Inside the definition of the name, with another definition of it further out. */
        AMBIGUOUS
    }

    Lookup lookup(String name) {
        boolean inside = false;
        for (Scope scope = this; scope != null; scope = scope.parent) {
            if (scope.expressions.contains(name)) {
                return inside ? Lookup.AMBIGUOUS : Lookup.FOUND;
            }
            inside |= name.equals(scope.defining);
        }
        return Lookup.ABSENT;
    }

    void defining(@Nullable String name) {
        defining = name;
    }

    /** Makes the names of the first SELECT of a UNION known to the others, as ClickHouse does. */
    void share(Scope first) {
        expressions.addAll(first.expressions);
        withAliases.addAll(first.withAliases);
    }

    /** Whether the name is an alias of this SELECT, or a WITH alias of it or of one around it. */
    boolean isAlias(String name) {
        for (Scope scope = this; scope != null; scope = scope.parent) {
            if (scope.withAliases.contains(name)) {
                return true;
            }
        }
        return aliases.contains(name);
    }

    boolean hasAliases() {
        return !aliases.isEmpty();
    }

    void alias(String name) {
        aliases.add(name);
        if (namesBeforeDefinition != null) {
            withAliases.add(name);
        }
    }

    /** Notes the alias of a table, subquery or table function that begins with this token. */
    void tableAlias(String alias, Token first) {
        tableAliases.put(alias, first);
    }

    /** Notes a name without a database in FROM. */
    void readTable(Token name) {
        tables.add(name);
    }

    /** A name in FROM that is also the alias of another table there: ClickHouse reads that one. */
    @Nullable
    Token tableReadByAlias() {
        for (Token table : tables) {
            Token aliased = tableAliases.get(table.value());
            if (aliased != null && !aliased.equals(table)) {
                return table;
            }
        }
        return null;
    }

    void operand(PendingOperand operand) {
        operands.add(operand);
    }

    List<PendingOperand> operands() {
        return operands;
    }

    void beginWith() {
        namesBeforeDefinition = new HashSet<>();
    }

    void endWith() {
        namesBeforeDefinition = null;
    }

    /** Notes that a name was taken for a table, so that a later definition of it in an enclosing WITH is refused. */
    void namedTable(String name) {
        for (Scope scope = this; scope != null; scope = scope.parent) {
            if (scope.namesBeforeDefinition != null) {
                scope.namesBeforeDefinition.add(name);
            }
        }
    }

    boolean wasNamedTable(String name) {
        return namesBeforeDefinition != null && namesBeforeDefinition.contains(name);
    }
}
