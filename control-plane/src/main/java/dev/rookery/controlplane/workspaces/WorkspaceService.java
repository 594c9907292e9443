package dev.rookery.controlplane.workspaces;

import dev.rookery.access.web.ApiException;
import dev.rookery.catalog.OrganizationId;
import dev.rookery.catalog.UserId;
import dev.rookery.catalog.WorkspaceId;
import dev.rookery.catalog.changes.ChangeLog;
import dev.rookery.catalog.changes.ChangeTopic;
import dev.rookery.catalog.clusters.ClusterStore;
import dev.rookery.catalog.deployments.DeploymentStore;
import dev.rookery.catalog.deployments.ResourceStore;
import dev.rookery.catalog.organizations.Organization;
import dev.rookery.catalog.organizations.OrganizationRepository;
import dev.rookery.catalog.organizations.OrganizationRole;
import dev.rookery.catalog.organizations.User;
import dev.rookery.catalog.organizations.UserRepository;
import dev.rookery.catalog.tokens.Scope;
import dev.rookery.catalog.tokens.ScopeType;
import dev.rookery.catalog.tokens.TokenOrigin;
import dev.rookery.catalog.tokens.TokenStore;
import dev.rookery.catalog.workspaces.TenantPlace;
import dev.rookery.catalog.workspaces.Workspace;
import dev.rookery.catalog.workspaces.WorkspaceRepository;
import dev.rookery.catalog.workspaces.WorkspaceRole;
import dev.rookery.clickhouse.ClickHouseException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataIntegrityViolationException;

/** Creates, changes and deletes workspaces and their memberships (WS rows). Thread safe. */
public final class WorkspaceService {
    private static final Logger LOG = LoggerFactory.getLogger(WorkspaceService.class);
    private static final int ATTEMPTS = 3;
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,254}");
    private static final Pattern EMAIL = Pattern.compile("[^@\\s,]+@[^@\\s,]+");

    private final WorkspaceRepository workspaces;
    private final OrganizationRepository organizations;
    private final UserRepository users;
    private final TokenStore tokens;
    private final ClusterStore clusters;
    private final DeploymentStore deployments;
    private final ResourceStore resources;
    private final TenantSpace space;
    private final ChangeLog changes;
    private final InstantSource clock;

    WorkspaceService(
            WorkspaceRepository workspaces,
            OrganizationRepository organizations,
            UserRepository users,
            TokenStore tokens,
            ClusterStore clusters,
            DeploymentStore deployments,
            ResourceStore resources,
            TenantSpace space,
            ChangeLog changes,
            InstantSource clock) {
        this.workspaces = workspaces;
        this.organizations = organizations;
        this.users = users;
        this.tokens = tokens;
        this.clusters = clusters;
        this.deployments = deployments;
        this.resources = resources;
        this.space = space;
        this.changes = changes;
        this.clock = clock;
    }

    /**
     * Creates a workspace with its database, its empty deployment 0 and its tokens, and makes the user its admin (WS-4).
     *
     * @param organization where it shall belong; null for the user's own, which is created when there is none (ORG-1)
     * @throws ApiException 400 for a bad name, 403 for somebody else's organization, 409 for a name that is taken
     */
    public Workspace create(UserId userId, String name, @Nullable OrganizationId organization) {
        requireName(name);
        for (int attempt = 1; ; attempt++) {
            try {
                return withSpace(createNamed(userId, name, organization));
            } catch (DataIntegrityViolationException e) {
                // Another call came between our look and our insert: it took the name, or made the person's
                // organization.
                if (workspaces.findByName(name).isPresent()) {
                    throw taken(name);
                }
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    /**
     * Creates a branch of a workspace, beside it and with its members (BR-1).
     *
     * @throws ApiException 400 for a bad name, 403 when it is a branch itself, 409 for a name that is taken
     */
    public Workspace createBranch(Workspace parent, String name, UserId creator) {
        if (parent.parent().isPresent()) {
            throw ApiException.forbidden("A branch has no branches: use a token of the workspace it is of");
        }
        requireName(name);
        try {
            return withSpace(changes.commitAndAwait(() -> {
                Workspace of = current(parent);
                Workspace branch = workspaces.save(
                        Workspace.branch(of, name, clusters.takePlaceBeside(of.place()), creator, clock.instant()));
                initialize(branch);
                users.findByIdIn(branch.members().keySet().stream()
                                .map(UserId::value)
                                .toList())
                        .forEach(member -> createPersonalToken(branch.id(), member));
                return branch;
            }));
        } catch (DataIntegrityViolationException e) {
            throw ApiException.conflict("A branch named '%s' already exists".formatted(name));
        }
    }

    private static void requireName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw ApiException.badRequest(
                    "'%s' is no workspace name: use letters, digits and underscores, beginning with no digit"
                            .formatted(name));
        }
    }

    /** What every workspace has from its first moment: the empty deployment 0 and the admin token. */
    private void initialize(Workspace workspace) {
        // The rows above must be in the database before the statements below refer to them.
        workspaces.flush();
        deployments.createInitial(workspace.id());
        tokens.create(
                workspace.id(),
                null,
                TokenStore.WORKSPACE_ADMIN_NAME,
                "",
                TokenOrigin.BUILTIN,
                Set.of(Scope.of(ScopeType.ADMIN)));
        changes.record(ChangeTopic.WORKSPACE, workspace.id());
    }

    /** Outside the transaction, which would keep a connection and the cluster locked for as long as ClickHouse takes. */
    private Workspace withSpace(Workspace workspace) {
        try {
            space.create(workspace.place());
            return workspace;
        } catch (ClickHouseException e) {
            delete(workspace);
            throw e;
        }
    }

    private static ApiException taken(String name) {
        return ApiException.conflict("A workspace named '%s' already exists".formatted(name));
    }

    private Workspace createNamed(UserId userId, String name, @Nullable OrganizationId organization) {
        return changes.commitAndAwait(() -> {
            if (workspaces.findByName(name).isPresent()) {
                throw taken(name);
            }
            User user = users.findById(userId.value()).orElseThrow();
            Organization owner = organization == null ? ownOrganization(user) : joined(user, organization);
            TenantPlace place = clusters.takePlace();
            Workspace workspace = workspaces.save(new Workspace(name, owner.id(), place, userId, clock.instant()));
            initialize(workspace);
            createPersonalToken(workspace.id(), user);
            return workspace;
        });
    }

    /** Deletes a workspace for good, with its branches; what they held is dropped in time, tombstones stay (WS-5, WS-6). */
    public void delete(Workspace stale) {
        workspaces.findBranches(stale.id().value()).forEach(this::delete);
        Workspace deleted = changes.commitAndAwait(() -> {
            Workspace workspace = current(stale);
            workspace.delete(clock.instant());
            workspaces.save(workspace);
            changes.record(ChangeTopic.WORKSPACE, workspace.id());
            changes.record(ChangeTopic.TOKENS, workspace.id());
            return workspace;
        });
        try {
            space.drop(deleted.place());
            resources.droppedAll(deleted.id());
        } catch (ClickHouseException e) {
            // Nobody can reach it any more; the reaper drops what it holds.
            LOG.warn("Cannot drop the database {} yet: {}", deleted.place().database(), e.getMessage());
        }
    }

    /** Makes people members with a role, or changes their role; people who are not known yet become users (WS-7). */
    public void setRoles(Workspace stale, List<String> emails, WorkspaceRole role) {
        changes.commitAndAwait(() -> {
            Workspace workspace = current(stale);
            for (String email : emails) {
                User user = userOf(email);
                boolean isNew = workspace.roleOf(user.id()).isEmpty();
                workspace.setRole(user.id(), role, clock.instant());
                workspaces.save(workspace);
                workspaces.flush();
                if (isNew) {
                    createPersonalToken(workspace.id(), user);
                }
            }
            changes.record(ChangeTopic.TOKENS, workspace.id());
            return emails;
        });
    }

    /** Ends memberships, and with them the members' own tokens. */
    public void remove(Workspace stale, List<String> emails) {
        changes.commitAndAwait(() -> {
            Workspace workspace = current(stale);
            for (String email : emails) {
                User user = users.findByEmail(normal(email))
                        .orElseThrow(() -> ApiException.notFound("'%s' is not a member".formatted(email)));
                workspace.removeMember(user.id(), clock.instant());
                workspaces.save(workspace);
                workspaces.flush();
                tokens.find(workspace.id(), TokenStore.personalName(user.email()))
                        .ifPresent(token -> tokens.delete(workspace.id(), token.id()));
            }
            changes.record(ChangeTopic.TOKENS, workspace.id());
            return emails;
        });
    }

    /** As it is now, for this transaction alone: members are saved as a whole, so two changes at once would lose one. */
    private Workspace current(Workspace stale) {
        return workspaces
                .lockById(stale.id().value())
                .orElseThrow(() -> ApiException.notFound("The workspace '%s' does not exist".formatted(stale.name())));
    }

    /** The user with this e-mail address, made on first sight together with a user token (TOK-6). */
    public User userOf(String email) {
        String normal = normal(email);
        if (!EMAIL.matcher(normal).matches()) {
            throw ApiException.badRequest("'%s' is no e-mail address".formatted(email));
        }
        return users.findByEmail(normal).orElseGet(() -> {
            User user = users.save(new User(normal, clock.instant()));
            users.flush();
            tokens.create(null, user.id(), "user token", "", TokenOrigin.BUILTIN, Set.of());
            return user;
        });
    }

    private void createPersonalToken(WorkspaceId workspace, User user) {
        tokens.create(workspace, user.id(), TokenStore.personalName(user.email()), "", TokenOrigin.BUILTIN, Set.of());
    }

    private Organization ownOrganization(User user) {
        List<Organization> mine = organizations.findByMember(user.id().value());
        if (!mine.isEmpty()) {
            return mine.getFirst();
        }
        String domain = user.email().substring(user.email().indexOf('@') + 1);
        Instant now = clock.instant();
        Optional<Organization> ofDomain = organizations.findByDomain(domain);
        Organization organization = ofDomain.orElseGet(() -> new Organization(user.email(), null, now));
        organization.setRole(user.id(), ofDomain.isPresent() ? OrganizationRole.MEMBER : OrganizationRole.ADMIN, now);
        return save(organization);
    }

    private Organization save(Organization organization) {
        Organization saved = organizations.save(organization);
        organizations.flush();
        return saved;
    }

    private Organization joined(User user, OrganizationId id) {
        return organizations
                .findById(id.value())
                .filter(organization -> organization.roleOf(user.id()).isPresent())
                .orElseThrow(
                        () -> ApiException.forbidden("You are not a member of the organization '%s'".formatted(id)));
    }

    static String normal(String email) {
        return email.strip().toLowerCase(Locale.ROOT);
    }
}
