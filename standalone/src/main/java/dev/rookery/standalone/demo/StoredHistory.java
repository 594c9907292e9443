package dev.rookery.standalone.demo;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What earlier runs have stored.
 *
 * <p>A commit's file changes are sent before the commit itself, and each batch is acknowledged before the next is sent.
 * So a commit that is there has all its changes; one that is not may have the first few of them.
 *
 * @param commits the hashes of the stored commits
 * @param partial for other commits the number of stored changes, which are the first ones in git's order
 */
record StoredHistory(Set<String> commits, Map<String, Integer> partial) {
    static final String COMMITS = "git_commits";
    static final String CHANGES = "git_file_changes";

    private static final Duration BETWEEN_COUNTS = Duration.ofSeconds(1);
    private static final int EQUAL_COUNTS = 3;
    private static final int MOST_COUNTS = 60;

    static StoredHistory read(ApiClient api) {
        var commits = api.rows("SELECT hash FROM %s FORMAT TabSeparated".formatted(COMMITS))
                .filter(hash -> !hash.isEmpty())
                .collect(Collectors.toCollection(HashSet::new));
        var partial = api.rows("""
                        SELECT hash, count() FROM %s WHERE hash NOT IN (SELECT hash FROM %s) GROUP BY hash \
                        FORMAT TabSeparated""".formatted(CHANGES, COMMITS))
                .filter(line -> line.indexOf('\t') > 0)
                .collect(Collectors.toMap(
                        line -> line.substring(0, line.indexOf('\t')),
                        line -> Integer.parseInt(line.substring(line.indexOf('\t') + 1))));
        return new StoredHistory(commits, partial);
    }

    /**
     * Returns when the row counts have stopped moving. Rows that an interrupted run had acknowledged become visible
     * within moments of a restart; counting before that would send them twice.
     */
    static void awaitSettled(ApiClient api, Pause pause) {
        var last = counts(api);
        int equal = 1;
        for (int i = 0; equal < EQUAL_COUNTS && i < MOST_COUNTS; i++) {
            pause.of(BETWEEN_COUNTS);
            var now = counts(api);
            equal = now.equals(last) ? equal + 1 : 1;
            last = now;
        }
    }

    /** The number of rows of a data source that queries see now. */
    static long count(ApiClient api, String dataSource) {
        return api.rows("SELECT count() FROM %s FORMAT TabSeparated".formatted(dataSource))
                .findFirst()
                .map(Long::parseLong)
                .orElse(0L);
    }

    private static List<Long> counts(ApiClient api) {
        return List.of(count(api, COMMITS), count(api, CHANGES));
    }
}
