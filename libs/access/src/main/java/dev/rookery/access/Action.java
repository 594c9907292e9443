package dev.rookery.access;

import dev.rookery.catalog.tokens.ScopeType;
import dev.rookery.catalog.workspaces.WorkspaceRole;
import java.util.List;

/** What a caller asks to do in a workspace, with the scopes and roles that allow it. ADMIN allows everything. */
public enum Action {
    /** Query a data source or its quarantine (TOK-10). */
    READ_DATASOURCE(
            "read the data source", WorkspaceRole.VIEWER, ScopeType.DATASOURCES_READ, ScopeType.WORKSPACE_READ_ALL),
    /** Send rows to a data source (TOK-11). */
    APPEND_DATASOURCE("append to the data source", WorkspaceRole.GUEST, ScopeType.DATASOURCES_APPEND),
    /** Bring rows to any data source, as those may who made them from files once; look into a file (DS-4, DS-18). */
    CREATE_DATASOURCE("create data sources", WorkspaceRole.GUEST, ScopeType.DATASOURCES_CREATE),
    /** Call an endpoint, or query a pipe (TOK-12). */
    READ_PIPE("read the pipe", WorkspaceRole.VIEWER, ScopeType.PIPES_READ, ScopeType.WORKSPACE_READ_ALL),
    /** See what the workspace consists of. */
    READ_RESOURCES("list the workspace's resources", WorkspaceRole.VIEWER, ScopeType.WORKSPACE_READ_ALL),
    /** Build, deploy, truncate, delete (WS-9). */
    MANAGE_RESOURCES("change the workspace's resources", WorkspaceRole.GUEST),
    /** Make branches of the workspace, and work in them (BR-7). */
    USE_BRANCHES("use its branches", WorkspaceRole.VIEWER),
    /** Create, delete and refresh tokens (TOK-13). */
    MANAGE_TOKENS("manage tokens", WorkspaceRole.GUEST, ScopeType.TOKENS),
    /** Read the workspace admin token (TOK-4), manage members, delete the workspace. */
    ADMINISTER("administer the workspace", WorkspaceRole.ADMIN);

    private final String words;
    private final WorkspaceRole leastRole;

    @SuppressWarnings("ImmutableEnumChecker") // always a List.of
    private final List<ScopeType> scopes;

    Action(String words, WorkspaceRole leastRole, ScopeType... scopes) {
        this.words = words;
        this.leastRole = leastRole;
        this.scopes = List.of(scopes);
    }

    /** For messages: {@code read the data source}. */
    String words() {
        return words;
    }

    boolean allowedTo(WorkspaceRole role) {
        // Roles are declared from the most to the least powerful.
        return role.compareTo(leastRole) <= 0;
    }

    List<ScopeType> scopes() {
        return scopes;
    }
}
