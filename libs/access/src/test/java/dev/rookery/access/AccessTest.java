package dev.rookery.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.access.web.ApiException;
import dev.rookery.catalog.TokenId;
import dev.rookery.catalog.UserId;
import dev.rookery.catalog.WorkspaceId;
import dev.rookery.catalog.tokens.Scope;
import dev.rookery.catalog.tokens.ScopeType;
import dev.rookery.catalog.tokens.StaticToken;
import dev.rookery.catalog.tokens.TokenOrigin;
import dev.rookery.catalog.workspaces.WorkspaceRole;
import java.time.Instant;
import java.util.Arrays;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.http.HttpStatus;

@DisplayName("Who may do what (TOK-10 to TOK-16, WS-9)")
class AccessTest {
    private static final WorkspaceId WORKSPACE = new WorkspaceId(UUID.randomUUID());

    /** What the documents promise, written down apart from the code: the scopes that allow an action, beside ADMIN. */
    private static Set<ScopeType> scopesFor(Action action) {
        return switch (action) {
            case READ_DATASOURCE -> Set.of(ScopeType.DATASOURCES_READ, ScopeType.WORKSPACE_READ_ALL);
            case APPEND_DATASOURCE -> Set.of(ScopeType.DATASOURCES_APPEND);
            case CREATE_DATASOURCE -> Set.of(ScopeType.DATASOURCES_CREATE);
            case READ_PIPE -> Set.of(ScopeType.PIPES_READ, ScopeType.WORKSPACE_READ_ALL);
            case READ_RESOURCES -> Set.of(ScopeType.WORKSPACE_READ_ALL);
            case MANAGE_RESOURCES, USE_BRANCHES, ADMINISTER -> Set.of();
            case MANAGE_TOKENS -> Set.of(ScopeType.TOKENS);
        };
    }

    private static Set<WorkspaceRole> rolesFor(Action action) {
        return switch (action) {
            case READ_DATASOURCE, READ_PIPE, READ_RESOURCES, USE_BRANCHES -> Set.of(WorkspaceRole.values());
            case APPEND_DATASOURCE, CREATE_DATASOURCE, MANAGE_RESOURCES, MANAGE_TOKENS ->
                Set.of(WorkspaceRole.ADMIN, WorkspaceRole.GUEST);
            case ADMINISTER -> Set.of(WorkspaceRole.ADMIN);
        };
    }

    private static Caller.Tenant caller(@Nullable UserId user, @Nullable WorkspaceRole role, Scope... scopes) {
        var token = new StaticToken(
                new TokenId(UUID.randomUUID()),
                WORKSPACE,
                user,
                role,
                "reader",
                "",
                TokenOrigin.USER,
                Set.of(scopes),
                Instant.EPOCH,
                Instant.EPOCH);
        return new Caller.Tenant(WORKSPACE, token);
    }

    private static Scope scope(ScopeType type, String resource) {
        return new Scope(type, type.namesResource() ? resource : "");
    }

    static Stream<Arguments> scopeMatrix() {
        return Arrays.stream(Action.values())
                .flatMap(action -> Arrays.stream(ScopeType.values()).map(type -> Arguments.of(action, type)));
    }

    static Stream<Arguments> roleMatrix() {
        return Arrays.stream(Action.values())
                .flatMap(action -> Arrays.stream(WorkspaceRole.values()).map(role -> Arguments.of(action, role)));
    }

    @ParameterizedTest(name = "{0} with {1}")
    @MethodSource("scopeMatrix")
    @DisplayName("Every scope allows what it says, on the resource it names, and nothing else")
    void scopes(Action action, ScopeType type) {
        Caller.Tenant caller = caller(null, null, scope(type, "events"));
        boolean expected = type == ScopeType.ADMIN || scopesFor(action).contains(type);
        assertThat(new Access(caller, action, "events").allowed()).isEqualTo(expected);
        for (String other : new String[] {"other", "Events", "event", "events_quarantine", ""}) {
            assertThat(new Access(caller, action, other).allowed())
                    .as("on '%s'", other)
                    .isEqualTo(expected && !type.namesResource());
        }
    }

    @ParameterizedTest(name = "{0} as {1}")
    @MethodSource("roleMatrix")
    @DisplayName("WS-9: a personal token is worth its owner's role, whatever its scopes")
    void roles(Action action, WorkspaceRole role) {
        var user = new UserId(UUID.randomUUID());
        boolean expected = rolesFor(action).contains(role);
        assertThat(Access.to(caller(user, role), action).allowed()).isEqualTo(expected);
        assertThat(Access.to(caller(user, role, Scope.of(ScopeType.ADMIN)), action)
                        .allowed())
                .isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(Action.class)
    @DisplayName("A personal token of an ended membership is worth nothing, nor is a token without scopes")
    void nothing(Action action) {
        var user = new UserId(UUID.randomUUID());
        assertThat(Access.to(caller(user, null, Scope.of(ScopeType.ADMIN)), action)
                        .allowed())
                .isFalse();
        assertThat(Access.to(caller(null, null), action).allowed()).isFalse();
    }

    @Test
    @DisplayName("Scopes add up, each for its own resource")
    void severalScopes() {
        Caller.Tenant caller = caller(
                null, null, new Scope(ScopeType.PIPES_READ, "top"), new Scope(ScopeType.DATASOURCES_APPEND, "events"));
        assertThat(new Access(caller, Action.READ_PIPE, "top").allowed()).isTrue();
        assertThat(new Access(caller, Action.APPEND_DATASOURCE, "events").allowed())
                .isTrue();
        assertThat(new Access(caller, Action.READ_PIPE, "events").allowed()).isFalse();
        assertThat(new Access(caller, Action.READ_DATASOURCE, "events").allowed())
                .isFalse();
    }

    @Test
    @DisplayName("A refusal is a 403 that names the token, the resource and the scope that is missing")
    void refusal() {
        assertThatThrownBy(() -> new Access(caller(null, null), Action.APPEND_DATASOURCE, "events").require())
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.status()).isEqualTo(HttpStatus.FORBIDDEN))
                .hasMessageContaining("'reader'")
                .hasMessageContaining("'events'")
                .hasMessageContaining("DATASOURCES:APPEND:events or ADMIN");
        assertThatThrownBy(
                        () -> Access.to(caller(null, null), Action.ADMINISTER).require())
                .hasMessageEndingWith("it needs the scope ADMIN");
    }
}
