package dev.rookery.datafile;

import java.util.Collection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the word that was probably meant. */
final class Suggestions {

    private static final int LONGEST_WORD = 64;

    private Suggestions() {}

    /** The candidate nearest to the word, if it is near enough to be meant; case is ignored. */
    static Optional<String> nearest(String word, Collection<String> candidates) {
        if (word.length() > LONGEST_WORD) {
            return Optional.empty();
        }
        var limit = word.length() <= 4 ? 1 : word.length() <= 8 ? 2 : 3;
        return nearest(word, candidates, limit);
    }

    static Optional<String> nearest(String word, Collection<String> candidates, int limit) {
        @Nullable String best = null;
        var bestDistance = limit + 1;
        for (var candidate : candidates) {
            if (Math.abs(candidate.length() - word.length()) < bestDistance) {
                var distance = distance(word, candidate);
                if (distance < bestDistance) {
                    best = candidate;
                    bestDistance = distance;
                }
            }
        }
        return Optional.ofNullable(best);
    }

    private static int distance(String a, String b) {
        var previous = new int[b.length() + 1];
        for (var j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (var i = 1; i <= a.length(); i++) {
            var current = new int[b.length() + 1];
            current[0] = i;
            for (var j = 1; j <= b.length(); j++) {
                var same = Character.toUpperCase(a.charAt(i - 1)) == Character.toUpperCase(b.charAt(j - 1));
                var replaced = previous[j - 1] + (same ? 0 : 1);
                current[j] = Math.min(replaced, Math.min(previous[j], current[j - 1]) + 1);
            }
            previous = current;
        }
        return previous[b.length()];
    }
}
