package dev.rookery.catalog.tokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.catalog.CatalogException;
import dev.rookery.catalog.TokenId;
import dev.rookery.catalog.WorkspaceId;
import dev.rookery.catalog.changes.CatalogChange;
import dev.rookery.catalog.changes.ChangeFeed;
import dev.rookery.catalog.changes.ChangeTopic;
import dev.rookery.catalog.testing.HookedDataSource;
import dev.rookery.catalog.testing.TestCatalog;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The keys of JWTs (JWT-2, JWT-15, ALGORITHMS.md 19)")
class JwtKeysTest {
    private final TestCatalog catalog = TestCatalog.create();
    private final HookedDataSource hook = new HookedDataSource(catalog.dataSource);
    private final List<ChangeFeed> feeds = new ArrayList<>();
    private final JwtKeys here = instance(hook);
    private final JwtKeys there = instance(catalog.dataSource);
    private final WorkspaceId workspace = catalog.newWorkspace();
    private final TokenId admin = adminToken(workspace);

    @BeforeEach
    void start() {
        feeds.forEach(ChangeFeed::start);
    }

    @AfterEach
    void stop() {
        feeds.forEach(ChangeFeed::stop);
    }

    private JwtKeys instance(DataSource database) {
        var own = new TestCatalog(database, catalog.keys);
        ChangeFeed feed = catalog.feed(InstantSource.system());
        feeds.add(feed);
        return new JwtKeys(own.tokens, feed);
    }

    private TokenId adminToken(WorkspaceId of) {
        return catalog.inTransaction(() -> catalog.tokens.create(
                of,
                null,
                TokenStore.WORKSPACE_ADMIN_NAME,
                "",
                TokenOrigin.BUILTIN,
                List.of(Scope.of(ScopeType.ADMIN))));
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    @DisplayName("19: the key is the SHA-256 of the admin token's text, which is longer than HMAC's block")
    void key() {
        String text = catalog.tokens.text(admin);
        assertThat(text.length()).isGreaterThan(64);
        assertThat(here.find(workspace))
                .hasValueSatisfying(key -> assertThat(key).isEqualTo(sha256(text)));
        assertThat(here.find(catalog.newWorkspace())).isEmpty();
    }

    @Test
    @DisplayName("JWT-15: a refreshed admin token has its new key on every instance when the call returns, within 2 s")
    void refreshed() {
        byte[] old = here.find(workspace).orElseThrow();
        assertThat(there.find(workspace))
                .hasValueSatisfying(key -> assertThat(key).isEqualTo(old));
        Instant before = Instant.now();
        catalog.changes.commitAndAwait(() -> {
            catalog.tokens.refresh(
                    catalog.tokens.find(workspace, admin.toString()).orElseThrow());
            return admin;
        });
        assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(2));
        byte[] fresh = sha256(catalog.tokens.text(admin));
        for (JwtKeys instance : List.of(here, there)) {
            assertThat(instance.find(workspace))
                    .hasValueSatisfying(key -> assertThat(key).isEqualTo(fresh).isNotEqualTo(old));
        }
    }

    @Test
    @DisplayName("A new workspace's key is there when it is, and a deleted one's is gone")
    void comeAndGo() {
        here.find(workspace);
        WorkspaceId later = catalog.newWorkspace();
        catalog.changes.commitAndAwait(() -> adminToken(later));
        assertThat(here.find(later)).isPresent();
        catalog.changes.commitAndAwait(() -> {
            catalog.jdbc
                    .sql("update workspaces set deleted_at = now() where id = :id")
                    .param("id", later.value())
                    .update();
            catalog.changes.record(ChangeTopic.WORKSPACE, later);
            return later;
        });
        assertThat(here.find(later)).isEmpty();
        assertThat(here.find(workspace)).isPresent();
    }

    @Test
    @DisplayName("Made-up workspaces never reach Postgres; all keys are read anew when that is cheaper")
    void withoutPostgres() {
        here.find(workspace);
        var queries = new AtomicInteger();
        hook.beforeEachConnection(queries::incrementAndGet);
        for (int i = 0; i < 100; i++) {
            assertThat(here.find(new WorkspaceId(UUID.randomUUID()))).isEmpty();
        }
        assertThat(queries).hasValue(0);
        List<CatalogChange> many = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            many.add(new CatalogChange(ChangeTopic.TOKENS, new WorkspaceId(UUID.randomUUID())));
        }
        here.onChanges(many);
        here.onChanges(List.of(new CatalogChange(ChangeTopic.CLUSTERS, null)));
        assertThat(queries).hasValue(0);
        assertThat(here.find(workspace)).isPresent();
        assertThat(queries).hasValue(1);
        here.onChanges(List.of(new CatalogChange(ChangeTopic.TOKENS, null)));
        assertThat(here.find(workspace)).isPresent();
        assertThat(queries).hasValue(2);
    }

    @Test
    @DisplayName("An instance that may be out of date answers nothing")
    void notFresh() {
        JwtKeys unstarted = instance(catalog.dataSource);
        assertThatThrownBy(() -> unstarted.find(workspace)).isInstanceOf(CatalogException.class);
    }
}
