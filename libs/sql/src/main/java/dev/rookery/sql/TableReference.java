package dev.rookery.sql;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A place where a statement names a table or calls a table function. Names of common table expressions, aliases and columns
 * are not references.
 *
 * @param database the part before the dot, decoded; null if there is none
 * @param name the decoded name, as it is matched against names of data sources and pipes (case-sensitive)
 * @param alias the alias the statement gives it; null if none
 * @param kind in which position it stands
 * @param function for {@link ReferenceKind#FUNCTION_ARGUMENT} the function's name in lower case, else null
 * @param arguments for {@link ReferenceKind#TABLE_FUNCTION} the text of each argument, else empty
 * @param depth how many subqueries enclose it; 0 in the outermost SELECT
 * @param scope number of the SELECT it stands in, from 0, equal for references of one SELECT
 * @param position where the name starts
 */
public record TableReference(
        @Nullable String database,
        String name,
        @Nullable String alias,
        ReferenceKind kind,
        @Nullable String function,
        List<String> arguments,
        int depth,
        int scope,
        SourcePosition position) {

    public TableReference {
        arguments = List.copyOf(arguments);
    }
}
