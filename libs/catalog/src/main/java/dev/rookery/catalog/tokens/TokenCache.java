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
import java.util.concurrent.atomic.AtomicLong;

/**
 * Tokens by their text for the hot paths, in a cache of their own (ALGORITHMS.md 20), emptied as the change log says.
 * Texts that were never tokens of this installation are refused without a look-up. Thread safe.
 */
public final class TokenCache implements ChangeListener {
    private static final int MAX_TOKENS = 100_000;

    private final TokenStore store;
    private final TokenText texts;
    private final ChangeFeed feed;
    private final AtomicLong generation = new AtomicLong();
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
        long before = generation.get();
        Optional<StaticToken> loaded = store.findByText(text);
        // A change that arrived while loading may be newer than what was read: such an answer serves this request only.
        if (generation.get() == before) {
            byText.put(text, loaded);
            if (generation.get() != before) {
                byText.invalidate(text);
            }
        }
        return loaded;
    }

    @Override
    public void onChanges(List<CatalogChange> changes) {
        List<CatalogChange> mine = changes.stream()
                .filter(change -> change.topic() == ChangeTopic.TOKENS)
                .toList();
        if (mine.isEmpty()) {
            return;
        }
        generation.incrementAndGet();
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
