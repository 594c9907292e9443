package dev.rookery.gateway.query;

import dev.rookery.access.Caller;
import dev.rookery.access.jwt.Jwt;
import dev.rookery.access.jwt.JwtScope;
import dev.rookery.access.web.ApiException;
import dev.rookery.catalog.snapshot.DatasourceEntry;
import dev.rookery.catalog.snapshot.PipeEntry;
import dev.rookery.sql.SqlException;
import dev.rookery.sql.SqlFilter;
import dev.rookery.template.ParameterValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What narrows everything a JWT's holder reads, however deep in pipes it is read: fixed parameters and row filters (JWT-10,
 * JWT-11). Unlike {@link Permissions} they hold inside pipes too. Where a JWT says two different things about one
 * resource, it is refused (rule 12). Immutable.
 */
final class Restrictions {
    private final List<JwtScope> scopes;

    private Restrictions(List<JwtScope> scopes) {
        this.scopes = scopes;
    }

    static Restrictions of(Caller.OfWorkspace caller) {
        return switch (caller) {
            case Caller.Tenant _ -> new Restrictions(List.of());
            case Caller.JwtHolder(Jwt jwt) -> new Restrictions(jwt.scopes());
        };
    }

    /**
     * The values that templates of this pipe, and of those it reads, get whatever the request says.
     *
     * @throws ApiException 403 when the JWT fixes one parameter to two values, or to one that is no parameter's
     */
    Map<String, ParameterValue> fixed(PipeEntry pipe) {
        if (scopes.isEmpty()) {
            return Map.of();
        }
        Map<String, ParameterValue> fixed = new LinkedHashMap<>();
        String id = pipe.id().toString();
        for (JwtScope scope : scopes) {
            if (scope instanceof JwtScope.ReadPipe read && read.names(pipe.name(), id)) {
                read.fixedParams().forEach((name, json) -> {
                    ParameterValue value = value(name, json);
                    ParameterValue other = fixed.putIfAbsent(name, value);
                    if (other != null && !other.equals(value)) {
                        throw ApiException.forbidden("The JWT fixes the parameter '%s' of the pipe '%s' to two values"
                                .formatted(name, pipe.name()));
                    }
                });
            }
        }
        return fixed;
    }

    private static ParameterValue value(String name, @Nullable Object json) {
        try {
            return ParameterValue.ofJson(json);
        } catch (IllegalArgumentException e) {
            throw ApiException.forbidden(
                    "The JWT's fixed parameter '%s' cannot be used: %s".formatted(name, e.getMessage()));
        }
    }

    /**
     * Which rows of the data source may be read; empty for all.
     *
     * @param name what it is called here; one that is shared has its owner's before a dot
     * @throws ApiException 403 when the JWT has two filters for it, or one that is no condition on its rows
     */
    Optional<SqlFilter> filter(String name, DatasourceEntry datasource) {
        String id = datasource.id().toString();
        List<String> filters = scopes.stream()
                .filter(scope -> scope.names(name, id))
                .flatMap(scope -> scope instanceof JwtScope.ReadDatasource(var _, var filter)
                        ? Optional.of(filter).stream()
                        : Optional.<String>empty().stream())
                .distinct()
                .toList();
        if (filters.size() > 1) {
            throw ApiException.forbidden(
                    "The JWT has more than one filter for the data source '%s'; join them with AND or OR"
                            .formatted(name));
        }
        return filters.stream().filter(filter -> !filter.isEmpty()).findFirst().map(filter -> parse(filter, name));
    }

    private static SqlFilter parse(String filter, String name) {
        try {
            return SqlFilter.parse(filter);
        } catch (SqlException e) {
            throw ApiException.forbidden(
                    "The JWT's filter for the data source '%s' cannot be used: %s".formatted(name, e.getMessage()));
        }
    }
}
