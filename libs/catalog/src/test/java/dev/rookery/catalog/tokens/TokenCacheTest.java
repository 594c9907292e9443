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
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The token cache (ALGORITHMS.md 20, E5)")
class TokenCacheTest {
    private final TestCatalog catalog = TestCatalog.create();
    private final HookedDataSource hook = new HookedDataSource(catalog.dataSource);
    private final List<ChangeFeed> feeds = new ArrayList<>();
    private final TokenCache here = instance(hook);
    private final WorkspaceId workspace = catalog.newWorkspace();
    private final TokenId id = catalog.inTransaction(() -> catalog.tokens.create(
            workspace, null, "reader", "", TokenOrigin.USER, List.of(Scope.parse("PIPES:READ:top"))));

    @BeforeEach
    void start() {
        feeds.forEach(ChangeFeed::start);
    }

    @AfterEach
    void stop() {
        feeds.forEach(ChangeFeed::stop);
    }

    /** A service instance: a feed and a cache of its own; its stores read through the given database. */
    private TokenCache instance(javax.sql.DataSource database) {
        var own = new TestCatalog(database, catalog.keys);
        ChangeFeed feed = catalog.feed(InstantSource.system());
        feeds.add(feed);
        return new TokenCache(own.tokens, own.texts, feed);
    }

    @Test
    @DisplayName("A refreshed token's old text is dead on every instance when the call returns")
    void refresh() {
        TokenCache there = instance(catalog.dataSource);
        feeds.getLast().start();
        String old = catalog.tokens.text(id);
        StaticToken token = here.find(old).orElseThrow();
        assertThat(there.find(old)).contains(token);

        catalog.changes.commitAndAwait(() -> {
            catalog.tokens.refresh(token);
            return token;
        });

        assertThat(here.find(old)).isEmpty();
        assertThat(there.find(old)).isEmpty();
        assertThat(here.find(catalog.tokens.text(id))).isPresent();
    }

    @Test
    @DisplayName("Deletion and new scopes reach the cache as well")
    void deleteAndScopes() {
        String text = catalog.tokens.text(id);
        assertThat(here.find(text)).isPresent();
        catalog.changes.commitAndAwait(() -> {
            catalog.tokens.setScopes(workspace, id, List.of());
            return id;
        });
        assertThat(here.find(text).orElseThrow().scopes()).isEmpty();
        catalog.changes.commitAndAwait(() -> {
            catalog.tokens.delete(workspace, id);
            return id;
        });
        assertThat(here.find(text)).isEmpty();
    }

    @Test
    @DisplayName("A known token is answered without Postgres, a forged one as well")
    void withoutPostgres() {
        String text = catalog.tokens.text(id);
        here.find(text);
        var queries = new AtomicInteger();
        hook.beforeEachConnection(queries::incrementAndGet);
        assertThat(here.find(text)).isPresent();
        assertThat(here.find("p.eyJ1IjogIjEifQ.forged")).isEmpty();
        assertThat(here.find(text + "x")).isEmpty();
        assertThat(queries).hasValue(0);
    }

    @Test
    @DisplayName("A change of another workspace leaves the entry, and one of user tokens empties all")
    void whatIsForgotten() {
        String text = catalog.tokens.text(id);
        here.find(text);
        var queries = new AtomicInteger();
        hook.beforeEachConnection(queries::incrementAndGet);
        here.onChanges(List.of(
                new CatalogChange(ChangeTopic.TOKENS, catalog.newWorkspace()),
                new CatalogChange(ChangeTopic.WORKSPACE, workspace),
                new CatalogChange(ChangeTopic.CLUSTERS, null)));
        here.find(text);
        assertThat(queries).hasValue(0);
        here.onChanges(List.of(new CatalogChange(ChangeTopic.TOKENS, null)));
        here.find(text);
        assertThat(queries).hasValue(1);
    }

    @Test
    @DisplayName("What was read before a change that arrives while loading is never kept")
    void changeWhileLoading() {
        String text = catalog.tokens.text(id);
        hook.afterFirstQuery(() -> {
            // The row has been read; now it changes, and the change arrives before the answer is put into the cache.
            catalog.changes.commitAndAwait(() -> {
                catalog.tokens.delete(workspace, id);
                return id;
            });
        });
        assertThat(here.find(text)).as("read before the change").isPresent();
        assertThat(here.find(text)).as("after it").isEmpty();
    }

    @Test
    @DisplayName("An instance that may be out of date answers nothing, known token or not")
    void notFresh() {
        String text = catalog.tokens.text(id);
        TokenCache unstarted = instance(catalog.dataSource);
        assertThatThrownBy(() -> unstarted.find(text)).isInstanceOf(CatalogException.class);
    }
}
