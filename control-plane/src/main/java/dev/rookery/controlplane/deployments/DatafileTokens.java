package dev.rookery.controlplane.deployments;

import dev.rookery.catalog.WorkspaceId;
import dev.rookery.catalog.tokens.Scope;
import dev.rookery.catalog.tokens.ScopeType;
import dev.rookery.catalog.tokens.StaticToken;
import dev.rookery.catalog.tokens.TokenOrigin;
import dev.rookery.catalog.tokens.TokenStore;
import dev.rookery.datafile.DatasourceFile;
import dev.rookery.datafile.PipeFile;
import dev.rookery.datafile.TokenGrant;
import dev.rookery.datafile.TokenGrant.Permission;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The tokens that TOKEN lines create, change and end (TOK-7 to TOK-9). Tokens made through the API are never touched: a
 * TOKEN line that names one is an error of the project. Thread safe.
 */
final class DatafileTokens {
    private final TokenStore tokens;

    DatafileTokens(TokenStore tokens) {
        this.tokens = tokens;
    }

    /** The scopes each token gets from these files. */
    static Map<String, Set<Scope>> wanted(Collection<DatasourceFile> datasources, Collection<PipeFile> pipes) {
        Map<String, Set<Scope>> wanted = new TreeMap<>();
        for (DatasourceFile file : datasources) {
            for (TokenGrant grant : file.tokens()) {
                ScopeType type = grant.permission() == Permission.APPEND
                        ? ScopeType.DATASOURCES_APPEND
                        : ScopeType.DATASOURCES_READ;
                add(wanted, grant, new Scope(type, file.name()));
            }
        }
        for (PipeFile file : pipes) {
            file.tokens().forEach(grant -> add(wanted, grant, new Scope(ScopeType.PIPES_READ, file.name())));
        }
        return wanted;
    }

    private static void add(Map<String, Set<Scope>> wanted, TokenGrant grant, Scope scope) {
        wanted.computeIfAbsent(grant.token(), _ -> new HashSet<>()).add(scope);
    }

    /** How the workspace's tokens would change. */
    List<TokenChange> compare(WorkspaceId workspace, Map<String, Set<Scope>> wanted) {
        Map<String, StaticToken> existing = existing(workspace);
        List<TokenChange> changes = new ArrayList<>();
        wanted.forEach((name, scopes) -> {
            StaticToken token = existing.get(name);
            Set<Scope> before = token == null ? Set.of() : token.scopes();
            Set<Scope> added = minus(scopes, before);
            Set<Scope> removed = minus(before, scopes);
            if (token == null || !added.isEmpty() || !removed.isEmpty()) {
                changes.add(TokenChange.of(name, token == null ? "new" : "changed", added, removed));
            }
        });
        existing.forEach((name, token) -> {
            if (!wanted.containsKey(name)) {
                changes.add(TokenChange.of(name, "deleted", Set.of(), token.scopes()));
            }
        });
        return changes;
    }

    /** The names among these that belong to tokens made by people or the platform. */
    List<String> taken(WorkspaceId workspace, Set<String> names) {
        return tokens.ofWorkspace(workspace).stream()
                .filter(token -> token.origin() != TokenOrigin.DATAFILE)
                .map(StaticToken::name)
                .filter(names::contains)
                .toList();
    }

    /** Makes the tokens what the files want, in the caller's transaction. */
    void apply(WorkspaceId workspace, Map<String, Set<Scope>> wanted) {
        Map<String, StaticToken> existing = existing(workspace);
        wanted.forEach((name, scopes) -> {
            StaticToken token = existing.get(name);
            if (token == null) {
                tokens.create(workspace, null, name, "", TokenOrigin.DATAFILE, scopes);
            } else if (!token.scopes().equals(scopes)) {
                tokens.setScopes(workspace, token.id(), scopes);
            }
        });
        existing.forEach((name, token) -> {
            if (!wanted.containsKey(name)) {
                tokens.delete(workspace, token.id());
            }
        });
    }

    private Map<String, StaticToken> existing(WorkspaceId workspace) {
        Map<String, StaticToken> byName = new TreeMap<>();
        tokens.ofWorkspace(workspace).stream()
                .filter(token -> token.origin() == TokenOrigin.DATAFILE)
                .forEach(token -> byName.put(token.name(), token));
        return byName;
    }

    private static Set<Scope> minus(Set<Scope> some, Set<Scope> others) {
        Set<Scope> rest = new HashSet<>(some);
        rest.removeAll(others);
        return rest;
    }
}
