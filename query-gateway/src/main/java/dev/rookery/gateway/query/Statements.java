package dev.rookery.gateway.query;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.rookery.sql.SqlAnalyzer;
import dev.rookery.sql.SqlException;
import dev.rookery.sql.SqlPolicy;
import dev.rookery.sql.SqlStatement;
import java.util.HashSet;
import java.util.Set;

/**
 * Statements read and judged by the policy of all tenants; the text itself, with its real literals, is the key (rule 13).
 * Thread safe.
 */
final class Statements {
    private static final long MAX_CHARACTERS = 8L << 20;

    /** Functions that tell about the server or about the users we run queries as. */
    private static final Set<String> REVEALING_FUNCTIONS = Set.of(
            "hostname",
            "fqdn",
            "fullhostname",
            "serveruuid",
            "currentuser",
            "current_user",
            "user",
            "authenticateduser",
            "currentroles",
            "enabledroles",
            "defaultroles",
            "currentprofiles",
            "enabledprofiles",
            "defaultprofiles",
            "displayname",
            "connectionid",
            "connection_id",
            "getoskernelversion",
            "uptime",
            "zookeepersessionuptime",
            "currentdatabase",
            "current_database",
            "database",
            "schema",
            "currentschemas",
            "current_schemas",
            "mergetreeindex",
            "mergetreeprojection");

    private static final SqlPolicy POLICY =
            new SqlPolicy(Set.of(), SqlPolicy.COMPUTING_TABLE_FUNCTIONS, ClientSettings.NAMES, forbiddenFunctions());

    private final Cache<String, SqlStatement> read = Caffeine.newBuilder()
            .maximumWeight(MAX_CHARACTERS)
            .weigher((String text, SqlStatement statement) -> text.length() + 200)
            .build();

    /**
     * Reads a statement whose references the caller resolves one by one: databases are not judged here.
     *
     * @throws SqlException when it is not understood, or uses what no tenant may use
     */
    SqlStatement read(String text) {
        return read.get(text, Statements::analyze);
    }

    private static SqlStatement analyze(String text) {
        SqlStatement statement = SqlAnalyzer.analyze(text);
        Set<String> databases = new HashSet<>();
        statement.references().forEach(reference -> {
            if (reference.database() != null) {
                databases.add(reference.database());
            }
        });
        new SqlPolicy(databases, POLICY.tableFunctions(), POLICY.settings(), POLICY.forbiddenFunctions())
                .check(statement);
        statement.settings().forEach(ClientSettings::check);
        return statement;
    }

    private static Set<String> forbiddenFunctions() {
        var all = new HashSet<>(SqlPolicy.UNSAFE_FUNCTIONS);
        all.addAll(REVEALING_FUNCTIONS);
        return all;
    }
}
