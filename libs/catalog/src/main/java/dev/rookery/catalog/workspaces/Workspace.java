package dev.rookery.catalog.workspaces;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.rookery.catalog.ClusterId;
import dev.rookery.catalog.OrganizationId;
import dev.rookery.catalog.UserId;
import dev.rookery.catalog.WorkspaceId;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.MapKeyColumn;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A set of data sources, pipes, tokens and members: the unit of tenancy (WS-1). */
@Entity
@Table(name = "workspaces")
public class Workspace {
    @Id
    private UUID id;

    @Column(name = "organization_id")
    private UUID organizationId;

    @Column(name = "parent_id")
    private @Nullable UUID parentId;

    private String name;

    @Column(name = "cluster_id")
    private UUID clusterId;

    private int slot;

    @Column(name = "created_by")
    private @Nullable UUID createdBy;

    @Column(name = "created_at")
    private Instant createdAt;

    @Column(name = "updated_at")
    private Instant updatedAt;

    @Column(name = "deleted_at")
    private @Nullable Instant deletedAt;

    @ElementCollection(fetch = FetchType.EAGER)
    @CollectionTable(name = "workspace_members", joinColumns = @JoinColumn(name = "workspace_id"))
    @MapKeyColumn(name = "user_id")
    @Column(name = "role")
    private Map<UUID, WorkspaceRole> members = new HashMap<>();

    /** For JPA. */
    @SuppressWarnings("NullAway.Init")
    protected Workspace() {}

    /** @param place the cluster and slot it was given; names its database and role for good */
    public Workspace(String name, OrganizationId organization, TenantPlace place, UserId createdBy, Instant now) {
        this.id = UuidCreator.getTimeOrderedEpoch();
        this.name = name;
        this.organizationId = organization.value();
        this.clusterId = place.cluster().value();
        this.slot = place.slot();
        this.createdBy = createdBy.value();
        this.createdAt = now;
        this.updatedAt = now;
        members.put(createdBy.value(), WorkspaceRole.ADMIN);
    }

    /** A branch of a workspace: of the same organization, with the same members. */
    public static Workspace branch(Workspace parent, String name, TenantPlace place, UserId createdBy, Instant now) {
        var branch = new Workspace(name, parent.organization(), place, createdBy, now);
        branch.parentId = parent.id;
        branch.members.clear();
        branch.members.putAll(parent.members);
        return branch;
    }

    public WorkspaceId id() {
        return new WorkspaceId(id);
    }

    public OrganizationId organization() {
        return new OrganizationId(organizationId);
    }

    /** The workspace this one is a branch of. */
    public Optional<WorkspaceId> parent() {
        return Optional.ofNullable(parentId).map(WorkspaceId::new);
    }

    public String name() {
        return name;
    }

    public TenantPlace place() {
        return new TenantPlace(new ClusterId(clusterId), slot);
    }

    public Optional<UserId> createdBy() {
        return Optional.ofNullable(createdBy).map(UserId::new);
    }

    public Instant createdAt() {
        return createdAt;
    }

    public boolean isDeleted() {
        return deletedAt != null;
    }

    public Map<UserId, WorkspaceRole> members() {
        return members.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(entry -> new UserId(entry.getKey()), Map.Entry::getValue));
    }

    public Optional<WorkspaceRole> roleOf(UserId user) {
        return Optional.ofNullable(members.get(user.value()));
    }

    /** Adds a member, or changes a member's role. */
    public void setRole(UserId user, WorkspaceRole role, Instant now) {
        members.put(user.value(), role);
        updatedAt = now;
    }

    /** Ends a membership. */
    public void removeMember(UserId user, Instant now) {
        members.remove(user.value());
        updatedAt = now;
    }

    /** Leaves a tombstone (WS-6); what it held is dropped by whoever calls this. */
    public void delete(Instant now) {
        deletedAt = now;
        updatedAt = now;
    }
}
