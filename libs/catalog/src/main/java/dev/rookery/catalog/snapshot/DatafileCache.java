package dev.rookery.catalog.snapshot;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.rookery.datafile.Datafile;
import dev.rookery.datafile.DatafileParser;
import dev.rookery.datafile.ParseResult;

/** Parses each stored datafile once: most deployments change few files of many. Thread safe. */
final class DatafileCache {
    private static final long MAX_CHARACTERS = 64L << 20;

    private record Key(String path, String text) {}

    private final Cache<Key, Datafile> parsed = Caffeine.newBuilder()
            .maximumWeight(MAX_CHARACTERS)
            .weigher((Key key, Datafile value) -> key.text().length() + 100)
            .build();

    Datafile parse(String path, String text) {
        return parsed.get(new Key(path, text), DatafileCache::parse);
    }

    private static Datafile parse(Key key) {
        ParseResult result = DatafileParser.parse(key.path(), key.text());
        Datafile datafile = result.datafile();
        if (datafile == null) {
            // Only what was parsed without errors is ever deployed.
            throw new IllegalStateException("stored datafile does not parse: " + result.errors());
        }
        return datafile;
    }
}
