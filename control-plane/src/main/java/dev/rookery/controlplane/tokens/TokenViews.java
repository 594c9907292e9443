package dev.rookery.controlplane.tokens;

import dev.rookery.catalog.tokens.Scope;
import dev.rookery.catalog.tokens.ScopeType;
import dev.rookery.catalog.tokens.StaticToken;
import dev.rookery.catalog.tokens.TokenOrigin;
import dev.rookery.catalog.tokens.TokenStore;
import dev.rookery.catalog.workspaces.WorkspaceRole;
import dev.rookery.controlplane.tokens.TokenAnswer.ScopeAnswer;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Tokens as those see them who may know their texts. Thread safe. */
final class TokenViews {
    private final TokenStore tokens;
    private final String region;

    TokenViews(TokenStore tokens, String region) {
        this.tokens = tokens;
        this.region = region;
    }

    TokenAnswer view(StaticToken token) {
        return view(token, tokens.text(token.id()));
    }

    TokenAnswer view(StaticToken token, String text) {
        return new TokenAnswer(
                token.id().toString(),
                token.name(),
                token.description(),
                text,
                scopes(token),
                origin(token.origin()),
                region,
                token.origin() == TokenOrigin.BUILTIN);
    }

    private static List<ScopeAnswer> scopes(StaticToken token) {
        // A personal token is worth what the role is; clients look for the scope (TOK-5).
        Stream<Scope> scopes =
                token.role() == WorkspaceRole.ADMIN ? Stream.of(Scope.of(ScopeType.ADMIN)) : token.scopes().stream();
        return scopes.sorted(Comparator.comparing(Scope::toString))
                .map(scope -> {
                    boolean named = scope.type().namesResource();
                    return new ScopeAnswer(scope.type().text(), named ? scope.resource() : null, named ? "" : null);
                })
                .toList();
    }

    private static String origin(TokenOrigin origin) {
        return switch (origin) {
            case USER -> "C";
            case DATAFILE -> "DF";
            case BUILTIN -> "B";
        };
    }
}
