package dev.rookery.catalog.workspaces;

import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** Workspaces that have not been deleted, unless a method says otherwise. */
public interface WorkspaceRepository extends Repository<Workspace, UUID> {
    Workspace save(Workspace workspace);

    /** Writes what was saved, for statements beside JPA that refer to it. */
    void flush();

    @Query("select w from Workspace w where w.id = :id and w.deletedAt is null")
    Optional<Workspace> findById(UUID id);

    /** The same, and nobody else changes it before the transaction ends. */
    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("select w from Workspace w where w.id = :id and w.deletedAt is null")
    Optional<Workspace> lockById(UUID id);

    /** The workspace of a name; branches have names of their own. */
    @Query("select w from Workspace w where w.name = :name and w.deletedAt is null and w.parentId is null")
    Optional<Workspace> findByName(String name);

    /** The workspaces a user is a member of, oldest first, without branches. */
    @Query("""
            select w from Workspace w join w.members m
             where key(m) = :user and w.deletedAt is null and w.parentId is null order by w.createdAt, w.id""")
    List<Workspace> findByMember(UUID user);

    /** The branches of a workspace, oldest first. */
    @Query("select w from Workspace w where w.parentId = :parent and w.deletedAt is null order by w.createdAt, w.id")
    List<Workspace> findBranches(UUID parent);
}
