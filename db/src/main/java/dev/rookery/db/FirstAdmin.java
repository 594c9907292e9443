package dev.rookery.db;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.rookery.catalog.UserId;
import dev.rookery.catalog.tokens.TokenOrigin;
import dev.rookery.catalog.tokens.TokenStore;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** The person who opens the door of a new installation: a user with an organization to administer. */
final class FirstAdmin {
    private final JdbcClient jdbc;
    private final TransactionOperations transaction;
    private final TokenStore tokens;

    FirstAdmin(JdbcClient jdbc, TransactionOperations transaction, TokenStore tokens) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.tokens = tokens;
    }

    /** @return the text of the user token when the user was made now; empty when there is such a user already */
    Optional<String> create(String email) {
        String normal = email.strip().toLowerCase(Locale.ROOT);
        return transaction.execute(status -> exists(normal) ? Optional.<String>empty() : Optional.of(insert(normal)));
    }

    private boolean exists(String email) {
        return jdbc.sql("select exists (select 1 from users where email = :email)")
                .param("email", email)
                .query(Boolean.class)
                .single();
    }

    private String insert(String email) {
        UUID user = UuidCreator.getTimeOrderedEpoch();
        UUID organization = UuidCreator.getTimeOrderedEpoch();
        jdbc.sql("insert into users (id, email) values (:id, :email)")
                .param("id", user)
                .param("email", email)
                .update();
        jdbc.sql("insert into organizations (id, name) values (:id, :name)")
                .param("id", organization)
                .param("name", email)
                .update();
        jdbc.sql("insert into organization_members (organization_id, user_id, role) values (:org, :user, 'admin')")
                .param("org", organization)
                .param("user", user)
                .update();
        return tokens.text(tokens.create(null, new UserId(user), "user token", "", TokenOrigin.BUILTIN, Set.of()));
    }
}
