package dev.rookery.gateway.query;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.rookery.catalog.clusters.ClusterPurpose;
import dev.rookery.catalog.workspaces.TenantPlace;
import dev.rookery.clickhouse.ClickHouseRequest;
import dev.rookery.clickhouse.ClusterConnections;
import dev.rookery.sql.AstConfirmation;
import dev.rookery.sql.FinalReference;
import dev.rookery.sql.ReferenceKind;
import dev.rookery.sql.RewrittenSql;
import dev.rookery.sql.SqlException;
import dev.rookery.sql.SqlStatement;
import dev.rookery.sql.TableReference;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks ClickHouse's own parser, once per shape of final text, which tables and table functions it sees; a difference to
 * what we saw is a refusal (rule 13). Our own analyser reads the final text as well, every time. Thread safe.
 */
final class SecondParser {
    private static final Logger LOG = LoggerFactory.getLogger(SecondParser.class);

    private final ClusterConnections clusters;
    /** Bounded by the lengths of its keys, which are texts: about 64 MB. */
    private final Cache<String, Boolean> agreed = Caffeine.newBuilder()
            .maximumWeight(64L << 20)
            .<String, Boolean>weigher((shape, _) -> 100 + shape.length())
            .expireAfterAccess(Duration.ofHours(12))
            .build();

    SecondParser(ClusterConnections clusters) {
        this.clusters = clusters;
    }

    /**
     * Passes a statement that both parsers read alike.
     *
     * @param substitutions values of placeholders; none of them can name an object
     * @throws SqlException when the two parsers differ
     * @throws dev.rookery.clickhouse.ClickHouseException when ClickHouse's parser does not accept the text
     */
    void confirm(RewrittenSql sql, TenantPlace place, Map<String, String> substitutions) {
        SqlStatement again = sql.analysis();
        String shape = again.shape();
        if (!named(sql.references()).equals(namedAgain(again.references()))) {
            throw differs(shape, List.of("our own reading of the final text"));
        }
        if (agreed.getIfPresent(shape) == null) {
            List<String> differences = AstConfirmation.differences(again, ast(sql.text(), place, substitutions));
            if (!differences.isEmpty()) {
                throw differs(shape, differences);
            }
            agreed.put(shape, true);
        }
    }

    private String ast(String sql, TenantPlace place, Map<String, String> substitutions) {
        ClickHouseRequest request = ClickHouseRequest.of("EXPLAIN AST " + sql)
                .with("role", place.role())
                .with("database", QueryExecutor.EMPTY_DATABASE)
                .with("default_format", "TSVRaw")
                .with("max_execution_time", "5")
                // It is nobody's query and costs nobody.
                .with("log_queries", "0");
        for (Map.Entry<String, String> substitution : substitutions.entrySet()) {
            if (substitution.getKey().startsWith("param_")) {
                request = request.with(substitution.getKey(), substitution.getValue());
            }
        }
        return clusters.text(place.cluster(), ClusterPurpose.GATEWAY, request);
    }

    /** The tables and table functions; what stands in other positions is compared by the second parser alone. */
    private static Set<String> named(Collection<FinalReference> references) {
        return references.stream()
                .flatMap(reference -> named(reference.kind(), reference.database(), reference.name()))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Set<String> namedAgain(Collection<TableReference> references) {
        return references.stream()
                .flatMap(reference -> named(reference.kind(), reference.database(), reference.name()))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Stream<String> named(ReferenceKind kind, @Nullable String database, String name) {
        return switch (kind) {
            case TABLE -> Stream.of(database + "." + name);
            case TABLE_FUNCTION -> Stream.of(name + "()");
            case IN_OPERAND, FUNCTION_ARGUMENT -> Stream.empty();
        };
    }

    private static SqlException differs(String shape, List<String> differences) {
        // The text may hold a tenant's values and secrets, and stays out of logs.
        LOG.warn(
                "Two parsers read a statement of the shape {} differently; it was refused: {}",
                Integer.toHexString(shape.hashCode()),
                differences);
        return new SqlException("The statement can be read in more than one way; write it more simply", 0, 0);
    }
}
