package dev.rookery.catalog.organizations;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** Organizations. */
public interface OrganizationRepository extends Repository<Organization, UUID> {
    Organization save(Organization organization);

    /** Writes what was saved, for statements beside JPA that refer to it. */
    void flush();

    Optional<Organization> findById(UUID id);

    Optional<Organization> findByDomain(String domain);

    /** The organizations a user is a member of, those first that the user administers. */
    @Query("""
            select o from Organization o join o.members m
             where key(m) = :user order by case when value(m) = ADMIN then 0 else 1 end, o.createdAt""")
    List<Organization> findByMember(UUID user);
}
