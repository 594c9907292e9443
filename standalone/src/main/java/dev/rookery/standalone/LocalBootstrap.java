package dev.rookery.standalone;

import dev.rookery.catalog.changes.ChangeLog;
import dev.rookery.catalog.organizations.User;
import dev.rookery.catalog.tokens.StaticToken;
import dev.rookery.catalog.tokens.TokenStore;
import dev.rookery.catalog.workspaces.Workspace;
import dev.rookery.catalog.workspaces.WorkspaceRepository;
import dev.rookery.controlplane.workspaces.WorkspaceService;
import org.springframework.beans.factory.InitializingBean;

/**
 * What a fresh installation on one machine begins with, under the names that local clients look for
 * (client-contract.md 1.1 and 4): a user, an organization, a workspace and their tokens.
 */
final class LocalBootstrap implements InitializingBean {
    static final String EMAIL = "local_testing@tinybird.co";
    static final String WORKSPACE = "Tinybird_Local_Testing";

    private final WorkspaceService service;
    private final WorkspaceRepository workspaces;
    private final TokenStore tokens;
    private final ChangeLog changes;

    LocalBootstrap(WorkspaceService service, WorkspaceRepository workspaces, TokenStore tokens, ChangeLog changes) {
        this.service = service;
        this.workspaces = workspaces;
        this.tokens = tokens;
        this.changes = changes;
    }

    @Override
    public void afterPropertiesSet() {
        User user = changes.commitAndAwait(() -> service.userOf(EMAIL));
        if (workspaces.findByName(WORKSPACE).isEmpty()) {
            service.create(user.id(), WORKSPACE, null);
        }
        // With another master key nobody could get in: better told now than at the first request.
        tokens();
    }

    /** The local user's token of a workspace, which is created when there is none of that name. */
    String workspaceToken(String name) {
        User user = service.userOf(EMAIL);
        Workspace workspace = workspaces.findByName(name).orElseGet(() -> service.create(user.id(), name, null));
        StaticToken token =
                tokens.find(workspace.id(), TokenStore.personalName(EMAIL)).orElseThrow();
        return tokens.text(token.id());
    }

    /** Exactly these three: the Python SDK takes another key for an error. */
    record LocalTokens(String userToken, String adminToken, String workspaceAdminToken) {}

    LocalTokens tokens() {
        User user = service.userOf(EMAIL);
        Workspace workspace = workspaces.findByName(WORKSPACE).orElseThrow();
        StaticToken userToken = tokens.userToken(user.id()).orElseThrow();
        StaticToken personal =
                tokens.find(workspace.id(), TokenStore.personalName(EMAIL)).orElseThrow();
        StaticToken admin =
                tokens.find(workspace.id(), TokenStore.WORKSPACE_ADMIN_NAME).orElseThrow();
        return new LocalTokens(tokens.text(userToken.id()), tokens.text(personal.id()), tokens.text(admin.id()));
    }
}
