package dev.rookery.controlplane.tokens;

import dev.rookery.access.Access;
import dev.rookery.access.Action;
import dev.rookery.access.Caller;
import dev.rookery.access.web.ApiException;
import dev.rookery.catalog.ResourceId;
import dev.rookery.catalog.WorkspaceId;
import dev.rookery.catalog.changes.ChangeLog;
import dev.rookery.catalog.snapshot.WorkspaceSnapshot;
import dev.rookery.catalog.snapshot.WorkspaceSnapshots;
import dev.rookery.catalog.tokens.Scope;
import dev.rookery.catalog.tokens.StaticToken;
import dev.rookery.catalog.tokens.TokenOrigin;
import dev.rookery.catalog.tokens.TokenStore;
import dev.rookery.limits.Limit;
import dev.rookery.limits.OrganizationLimits;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lists, makes, changes, refreshes and ends static tokens (TOK). Every change answers when each live instance has heard of
 * it. Thread safe.
 */
final class TokenService {
    private static final Logger LOG = LoggerFactory.getLogger(TokenService.class);
    private static final int MAX_NAME = 200;

    /** Names of members' own tokens, which the platform gives (TOK-5). */
    private static final Pattern PERSONAL = Pattern.compile("admin .*@.*");

    private final TokenStore tokens;
    private final TokenRules rules;
    private final WorkspaceSnapshots snapshots;
    private final OrganizationLimits limits;
    private final ChangeLog changes;

    TokenService(
            TokenStore tokens,
            TokenRules rules,
            WorkspaceSnapshots snapshots,
            OrganizationLimits limits,
            ChangeLog changes) {
        this.tokens = tokens;
        this.rules = rules;
        this.snapshots = snapshots;
        this.limits = limits;
        this.changes = changes;
    }

    /** The workspace's tokens that the caller may handle, oldest first. */
    List<StaticToken> list(Caller.Tenant caller) {
        Access.to(caller, Action.MANAGE_TOKENS).require();
        return tokens.ofWorkspace(caller.workspace()).stream()
                .filter(token -> rules.mayRead(caller, token))
                .toList();
    }

    /** The token of this id, name or text, where the caller may read about it. */
    Optional<StaticToken> find(Caller.Tenant caller, String reference) {
        return locate(caller.workspace(), reference).filter(token -> rules.mayRead(caller, token));
    }

    /**
     * Makes a token.
     *
     * @throws ApiException 400 for a bad name or scope, or where there are too many; 403 for scopes that the caller
     *     cannot give
     * @throws dev.rookery.catalog.CatalogException of kind CONFLICT when the name is taken
     */
    StaticToken create(Caller.Tenant caller, TokenRequest request) {
        Access.to(caller, Action.MANAGE_TOKENS).require();
        String name =
                name(request.name().orElseThrow(() -> ApiException.badRequest("The parameter 'name' is missing")));
        Set<Scope> scopes = scopes(caller, request);
        if (scopes.isEmpty()) {
            throw ApiException.badRequest("The token needs a scope, such as scope=PIPES:READ:<name>");
        }
        WorkspaceId workspace = caller.workspace();
        requireRoom(workspace);
        var id = changes.commitAndAwait(
                () -> tokens.create(workspace, null, name, request.description().orElse(""), TokenOrigin.USER, scopes));
        return changed(caller, tokens.find(workspace, id.toString()).orElseThrow(), "made");
    }

    /**
     * Gives a token another name, description or other scopes; what the request does not name stays.
     *
     * @throws ApiException 400, 403 or 404 as {@link #create} and {@link #manageable}
     */
    StaticToken update(Caller.Tenant caller, String reference, TokenRequest request) {
        StaticToken token = manageable(caller, reference);
        requireOfPeople(token, "changed");
        String name = request.name().map(TokenService::name).orElse(token.name());
        String description = request.description().orElse(token.description());
        Set<Scope> scopes = request.namesScopes() ? scopes(caller, request) : token.scopes();
        changes.commitAndAwait(() -> {
            if (!name.equals(token.name()) || !description.equals(token.description())) {
                tokens.describe(caller.workspace(), token.id(), name, description);
            }
            if (!scopes.equals(token.scopes())) {
                tokens.setScopes(caller.workspace(), token.id(), scopes);
            }
            return token;
        });
        return changed(
                caller, tokens.find(caller.workspace(), token.id().toString()).orElseThrow(), "changed");
    }

    /** Gives a token a new text; with the workspace's admin token, all JWTs end (JWT-15). */
    StaticToken refresh(Caller.Tenant caller, String reference) {
        StaticToken token = manageable(caller, reference);
        changes.commitAndAwait(() -> {
            tokens.refresh(token);
            return token;
        });
        return changed(caller, token, "refreshed");
    }

    /** Gives a person's own token, which belongs to no workspace, a new text. */
    StaticToken refreshOwn(Caller.Person person) {
        StaticToken token = tokens.userToken(person.userId()).orElseThrow();
        changes.commitAndAwait(() -> {
            tokens.refresh(token);
            return token;
        });
        return token;
    }

    /** A person's own token, when that is what the reference means. */
    Optional<StaticToken> own(Caller.Person person, String reference) {
        return tokens.userToken(person.userId())
                .filter(token -> reference.equals(token.id().toString())
                        || reference.equals(token.name())
                        || tokens.findByText(reference)
                                .filter(found -> found.id().equals(token.id()))
                                .isPresent());
    }

    void delete(Caller.Tenant caller, String reference) {
        StaticToken token = existing(caller, reference);
        requireAllowed(rules.mayEnd(caller, token), caller, token);
        requireOfPeople(token, "deleted");
        changes.commitAndAwait(() -> {
            tokens.delete(caller.workspace(), token.id());
            return token;
        });
        changed(caller, token, "deleted");
    }

    /**
     * The token, which the caller may change.
     *
     * @throws ApiException 403 for callers who may not manage tokens, whatever they name, and for tokens that may do more
     *     than the caller; 404 when there is no such token
     */
    private StaticToken manageable(Caller.Tenant caller, String reference) {
        StaticToken token = existing(caller, reference);
        requireAllowed(rules.mayHandle(caller, token), caller, token);
        return token;
    }

    private static void requireAllowed(boolean allowed, Caller.Tenant caller, StaticToken token) {
        if (!allowed) {
            throw ApiException.forbidden(
                    "The token '%s' has not enough permissions to manage the token '%s', which may do more than it"
                            .formatted(caller.tokenName(), token.name()));
        }
    }

    private StaticToken existing(Caller.Tenant caller, String reference) {
        Access.to(caller, Action.MANAGE_TOKENS).require();
        return locate(caller.workspace(), reference)
                .orElseThrow(() -> ApiException.notFound("The token '%s' does not exist".formatted(shown(reference))));
    }

    private Optional<StaticToken> locate(WorkspaceId workspace, String reference) {
        return tokens.find(workspace, reference)
                .or(() -> tokens.findByText(reference).filter(token -> workspace.equals(token.workspace())));
    }

    private static void requireOfPeople(StaticToken token, String done) {
        switch (token.origin()) {
            case USER -> {
                // Made through this API.
            }
            case DATAFILE ->
                throw ApiException.badRequest(
                        "The token '%s' is kept by deployments and cannot be %s here; change its TOKEN lines and deploy"
                                .formatted(token.name(), done));
            case BUILTIN ->
                throw ApiException.badRequest("The token '%s' is the platform's and cannot be %s; it can be refreshed"
                        .formatted(token.name(), done));
        }
    }

    private static String name(String name) {
        boolean odd = name.length() > MAX_NAME || name.chars().anyMatch(Character::isISOControl) || name.contains("/");
        if (odd) {
            throw ApiException.badRequest(
                    "A token's name has at most %d characters, without slashes and control characters"
                            .formatted(MAX_NAME));
        }
        if (PERSONAL.matcher(name.toLowerCase(Locale.ROOT)).matches()) {
            throw ApiException.badRequest("Names like '%s' are those of members' own tokens".formatted(name));
        }
        return name;
    }

    private Set<Scope> scopes(Caller.Tenant caller, TokenRequest request) {
        Set<Scope> scopes = new LinkedHashSet<>();
        for (String text : request.scopeTexts()) {
            scopes.add(byName(caller.workspace(), Scope.parse(text)));
        }
        rules.requireGrant(caller, scopes);
        return scopes;
    }

    /** Resources may be given by id (rule 12); a token keeps the name, as TOKEN lines do. */
    private Scope byName(WorkspaceId workspace, Scope scope) {
        Optional<ResourceId> id = ResourceId.parse(scope.resource());
        if (id.isEmpty()) {
            return scope;
        }
        WorkspaceSnapshot snapshot = snapshots.get(workspace);
        String name = snapshot.live().names().get(id.get());
        if (name == null) {
            throw ApiException.badRequest("There is nothing with the id '%s'".formatted(scope.resource()));
        }
        return new Scope(scope.type(), name);
    }

    private void requireRoom(WorkspaceId workspace) {
        OptionalLong limit = limits.of(snapshots.get(workspace).organization()).get(Limit.TOKENS);
        if (limit.isPresent() && tokens.count(workspace) >= limit.getAsLong()) {
            throw ApiException.badRequest(
                    "The workspace has %d tokens, which is all its plan allows; delete some, or use JWTs"
                            .formatted(limit.getAsLong()));
        }
    }

    private static StaticToken changed(Caller.Tenant caller, StaticToken token, String done) {
        LOG.info(
                "Token {} of workspace {} was {} with token {}",
                token.id(),
                caller.workspace(),
                done,
                caller.staticToken().id());
        return token;
    }

    /** Whoever sends a text by mistake does not find it in an error's log. */
    private static String shown(String reference) {
        return reference.startsWith("p.") ? "p.…" : reference;
    }
}
