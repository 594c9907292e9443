package dev.rookery.sql;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What statements of a caller may use. Names that are not listed are refused, but for functions, of which those listed are.
 *
 * @param databases databases that a reference may name; a reference without one is always allowed, since the rewriter
 *     resolves it
 * @param tableFunctions lower-case names of the table functions that may be called
 * @param settings names of the settings that may be set, at every level
 * @param forbiddenFunctions lower-case names of functions that may not be called
 */
public record SqlPolicy(
        Set<String> databases, Set<String> tableFunctions, Set<String> settings, Set<String> forbiddenFunctions) {

    /** Table functions that only compute. */
    public static final Set<String> COMPUTING_TABLE_FUNCTIONS = Set.of(
            "numbers",
            "numbers_mt",
            "zeros",
            "zeros_mt",
            "generateseries",
            "generate_series",
            "values",
            "null",
            "view");

    /** Functions that reach files, the network, other requests or the server, or that only burn its time. */
    public static final Set<String> UNSAFE_FUNCTIONS = Set.of(
            "file",
            "catboostevaluate",
            "modelevaluate",
            "evalmlmethod",
            "sleep",
            "sleepeachrow",
            "trap",
            "getclienthttpheader",
            "getserversetting",
            "getserverport",
            "getmacro",
            "tcpport",
            "serveruuid",
            "showcertificate",
            "filesystemavailable",
            "filesystemcapacity",
            "filesystemunreserved",
            "addresstoline",
            "addresstolinewithinlines",
            "addresstosymbol",
            "demangle",
            "generateserialid",
            "hascolumnintable",
            "getmaxtablenamelengthfordatabase",
            "mergetreepartinfo",
            "hasthreadfuzzer",
            "queryid",
            "initialqueryid",
            "initial_query_id",
            "query_id",
            "flamegraph",
            "buildid");

    public SqlPolicy {
        databases = Set.copyOf(databases);
        tableFunctions = Set.copyOf(tableFunctions);
        settings = Set.copyOf(settings);
        forbiddenFunctions = Set.copyOf(forbiddenFunctions);
    }

    /**
     * Passes a statement that reads and uses only what is allowed.
     *
     * @throws SqlException that names the first thing that is not allowed
     */
    public void check(SqlStatement statement) {
        if (statement.kind() == StatementKind.OTHER) {
            throw new SqlException(
                    "Only statements that read are allowed: SELECT, SHOW, DESCRIBE, EXISTS, EXPLAIN", 1, 1);
        }
        for (TableReference reference : statement.references()) {
            check(reference);
        }
        for (Setting setting : statement.settings()) {
            if (!settings.contains(setting.name())) {
                throw refuse("The setting " + setting.name() + " is not allowed", setting.position());
            }
        }
        for (Map.Entry<String, SourcePosition> function : statement.functions().entrySet()) {
            if (forbiddenFunctions.contains(function.getKey())
                    || function.getKey().startsWith("ai")) {
                throw refuse("The function " + function.getKey() + " is not allowed", function.getValue());
            }
        }
    }

    private void check(TableReference reference) {
        if (reference.kind() == ReferenceKind.TABLE_FUNCTION) {
            if (!tableFunctions.contains(reference.name().toLowerCase(Locale.ROOT))) {
                throw refuse("The table function " + reference.name() + " is not allowed", reference.position());
            }
        } else if (reference.database() != null && !databases.contains(reference.database())) {
            throw refuse("The database " + reference.database() + " is not allowed", reference.position());
        }
    }

    private static SqlException refuse(String message, SourcePosition position) {
        return new SqlException(message, position.line(), position.column());
    }
}
