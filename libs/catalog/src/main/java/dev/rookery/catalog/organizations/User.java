package dev.rookery.catalog.organizations;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.rookery.catalog.UserId;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;

/** A person, known by e-mail address. */
@Entity
@Table(name = "users")
public class User {
    @Id
    private UUID id;

    private String email;

    @Column(name = "created_at")
    private Instant createdAt;

    /** For JPA. */
    @SuppressWarnings("NullAway.Init")
    protected User() {}

    public User(String email, Instant now) {
        this.id = UuidCreator.getTimeOrderedEpoch();
        this.email = email.strip().toLowerCase(Locale.ROOT);
        this.createdAt = now;
    }

    public UserId id() {
        return new UserId(id);
    }

    /** In lower case. */
    public String email() {
        return email;
    }

    public Instant createdAt() {
        return createdAt;
    }
}
