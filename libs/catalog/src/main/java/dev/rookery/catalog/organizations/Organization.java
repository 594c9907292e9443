package dev.rookery.catalog.organizations;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.rookery.catalog.OrganizationId;
import dev.rookery.catalog.UserId;
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
import org.jspecify.annotations.Nullable;

/** The top container of everything a customer owns, and what plans and bills are for (ORG-1, ORG-4). */
@Entity
@Table(name = "organizations")
public class Organization {
    @Id
    private UUID id;

    private String name;

    private String plan = "free";

    private @Nullable String domain;

    @Column(name = "created_at")
    private Instant createdAt;

    @Column(name = "updated_at")
    private Instant updatedAt;

    @ElementCollection(fetch = FetchType.EAGER)
    @CollectionTable(name = "organization_members", joinColumns = @JoinColumn(name = "organization_id"))
    @MapKeyColumn(name = "user_id")
    @Column(name = "role")
    private Map<UUID, OrganizationRole> members = new HashMap<>();

    /** For JPA. */
    @SuppressWarnings("NullAway.Init")
    protected Organization() {}

    /** @param domain users with this e-mail domain join by themselves (ORG-9), or null */
    public Organization(String name, @Nullable String domain, Instant now) {
        this.id = UuidCreator.getTimeOrderedEpoch();
        this.name = name;
        this.domain = domain;
        this.createdAt = now;
        this.updatedAt = now;
    }

    public OrganizationId id() {
        return new OrganizationId(id);
    }

    public String name() {
        return name;
    }

    /** The key of the plan it is on. */
    public String plan() {
        return plan;
    }

    public Optional<String> domain() {
        return Optional.ofNullable(domain);
    }

    public Optional<OrganizationRole> roleOf(UserId user) {
        return Optional.ofNullable(members.get(user.value()));
    }

    /** Adds a member, or changes a member's role. A user may be the admin of one organization only (ORG-3). */
    public void setRole(UserId user, OrganizationRole role, Instant now) {
        members.put(user.value(), role);
        updatedAt = now;
    }

    public Instant createdAt() {
        return createdAt;
    }
}
