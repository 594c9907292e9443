package dev.rookery.catalog.organizations;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.repository.Repository;

/** Users. */
public interface UserRepository extends Repository<User, UUID> {
    User save(User user);

    /** Writes what was saved, for statements beside JPA that refer to it. */
    void flush();

    Optional<User> findById(UUID id);

    List<User> findByIdIn(Collection<UUID> ids);

    /** @param email in lower case */
    Optional<User> findByEmail(String email);
}
