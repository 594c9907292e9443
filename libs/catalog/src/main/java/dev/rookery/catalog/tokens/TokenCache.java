package dev.rookery.catalog.tokens;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.rookery.catalog.changes.CatalogChange;
import dev.rookery.catalog.changes.ChangeFeed;
import dev.rookery.catalog.changes.ChangeListener;
import dev.rookery.catalog.changes.ChangeTopic;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Tokens by their text for the hot paths, in a cache of their own (ALGORITHMS.md 20), emptied as the change log says.
 * Texts that were never tokens of this installation are refused without a look-up. Thread safe.
 */
public final class TokenCache implements ChangeListener {
    private static final int MAX_TOKENS = 100_000;

    private final TokenStore store;
    private final TokenText texts;
    private final ChangeFeed feed;

    /** Counts the changes heard of; written under the monitor, so that no change falls between a look at it and a put. */
    private volatile long generation;

    private final Cache<String, Optional<StaticToken>> byText =
            Caffeine.newBuilder().maximumSize(MAX_TOKENS).build();

    public TokenCache(TokenStore store, TokenText texts, ChangeFeed feed) {
        this.store = store;
        this.texts = texts;
        this.feed = feed;
        feed.subscribe(this);
    }

    /**
     * The token with this text.
     *
     * @throws dev.rookery.catalog.CatalogException of kind UNAVAILABLE when this instance may be out of date
     */
    public Optional<StaticToken> find(String text) {
        feed.requireFresh();
        Optional<StaticToken> cached = byText.getIfPresent(text);
        if (cached != null) {
            return cached;
        }
        if (!texts.isOurs(text)) {
            return Optional.empty();
        }
        long before = generation;
        Optional<StaticToken> loaded = store.findByText(text);
        keep(text, loaded, before);
        return loaded;
    }

    /** A change that arrived while loading may be newer than what was read: such an answer serves one request only. */
    private synchronized void keep(String text, Optional<StaticToken> token, long loadedIn) {
        if (generation == loadedIn) {
            byText.put(text, token);
        }
    }

    @Override
    public synchronized void onChanges(List<CatalogChange> changes) {
        List<CatalogChange> mine = changes.stream()
                .filter(change -> change.topic() == ChangeTopic.TOKENS)
                .toList();
        if (mine.isEmpty()) {
            return;
        }
        generation++;
        if (mine.stream().anyMatch(change -> change.workspace() == null)) {
            byText.invalidateAll();
            return;
        }
        byText.asMap()
                .values()
                .removeIf(token -> token.isEmpty()
                        || mine.stream()
                                .anyMatch(change -> Objects.equals(
                                        change.workspace(), token.get().workspace())));
    }
}
