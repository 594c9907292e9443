package dev.rookery.controlplane.workspaces;

import dev.rookery.catalog.UserId;
import dev.rookery.catalog.organizations.Organization;
import dev.rookery.catalog.organizations.OrganizationRepository;
import dev.rookery.catalog.organizations.User;
import dev.rookery.catalog.organizations.UserRepository;
import dev.rookery.catalog.tokens.StaticToken;
import dev.rookery.catalog.tokens.TokenStore;
import dev.rookery.catalog.workspaces.Workspace;
import dev.rookery.catalog.workspaces.WorkspaceRepository;
import dev.rookery.catalog.workspaces.WorkspaceRole;
import dev.rookery.controlplane.workspaces.WorkspaceAnswer.MemberAnswer;
import dev.rookery.controlplane.workspaces.WorkspaceAnswer.OrganizationAnswer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionOperations;

/** Workspaces as their members see them. Thread safe. */
final class WorkspaceViews {
    private final WorkspaceRepository workspaces;
    private final OrganizationRepository organizations;
    private final UserRepository users;
    private final TokenStore tokens;
    private final TransactionOperations transaction;

    WorkspaceViews(
            WorkspaceRepository workspaces,
            OrganizationRepository organizations,
            UserRepository users,
            TokenStore tokens,
            TransactionOperations transaction) {
        this.workspaces = workspaces;
        this.organizations = organizations;
        this.users = users;
        this.tokens = tokens;
        this.transaction = transaction;
    }

    /** The workspaces a user is a member of. */
    List<WorkspaceAnswer> of(UserId user, boolean withToken, boolean withOrganization) {
        return transaction.execute(status -> workspaces.findByMember(user.value()).stream()
                .map(workspace -> view(workspace, user, withToken, withOrganization))
                .toList());
    }

    /** One workspace as a user sees it, or as nobody in particular does. */
    WorkspaceAnswer view(Workspace workspace, @Nullable UserId user, boolean withToken, boolean withOrganization) {
        return transaction.execute(status -> {
            Organization organization =
                    organizations.findById(workspace.organization().value()).orElseThrow();
            Optional<WorkspaceRole> role = user == null ? Optional.empty() : workspace.roleOf(user);
            return new WorkspaceAnswer(
                    workspace.id().toString(),
                    workspace.name(),
                    withToken && user != null ? personalToken(workspace, user) : null,
                    role.map(WorkspaceRole::text).orElse(null),
                    organization.plan(),
                    workspace.parent().isPresent(),
                    workspace.parent().map(Object::toString).orElse(null),
                    members(workspace),
                    withOrganization ? answer(organization) : null);
        });
    }

    static OrganizationAnswer answer(Organization organization) {
        return new OrganizationAnswer(
                organization.id().toString(),
                organization.name(),
                organization.domain().orElse(null));
    }

    private @Nullable String personalToken(Workspace workspace, UserId user) {
        return tokens.ofWorkspace(workspace.id()).stream()
                .filter(token -> user.equals(token.user()))
                .map(StaticToken::id)
                .findFirst()
                .map(tokens::text)
                .orElse(null);
    }

    private List<MemberAnswer> members(Workspace workspace) {
        Map<UserId, WorkspaceRole> roles = workspace.members();
        Map<UserId, User> byId = users
                .findByIdIn(roles.keySet().stream().map(UserId::value).toList())
                .stream()
                .collect(Collectors.toMap(User::id, Function.identity()));
        return byId.values().stream()
                .map(user -> new MemberAnswer(
                        user.id().toString(), user.email(), String.valueOf(roleText(roles.get(user.id()))), true))
                .sorted(java.util.Comparator.comparing(MemberAnswer::email))
                .toList();
    }

    private static @Nullable String roleText(@Nullable WorkspaceRole role) {
        return role == null ? null : role.text();
    }
}
