package dev.rookery.standalone.demo;

import java.time.Instant;
import java.util.List;

/**
 * A commit as {@code git log} tells it, names mapped through the repository's mailmap.
 *
 * @param hash 40 or 64 hexadecimal digits
 * @param subject the first line of the message, possibly empty
 * @param changes empty for a merge: its changes are counted where they were made
 */
record Commit(
        String hash,
        List<String> parents,
        String authorName,
        String authorEmail,
        Instant authoredAt,
        Instant committedAt,
        String subject,
        List<FileChange> changes) {

    boolean isMerge() {
        return parents.size() > 1;
    }

    long linesAdded() {
        return changes.stream().mapToLong(FileChange::linesAdded).sum();
    }

    long linesDeleted() {
        return changes.stream().mapToLong(FileChange::linesDeleted).sum();
    }
}
