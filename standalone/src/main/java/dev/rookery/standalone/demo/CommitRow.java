package dev.rookery.standalone.demo;

import java.util.List;

/** A row of {@code git_commits}; the components are the columns. */
record CommitRow(
        String hash,
        List<String> parents,
        int isMerge,
        String authorName,
        String authorEmail,
        String authoredAt,
        String committedAt,
        String subject,
        int filesChanged,
        long linesAdded,
        long linesDeleted) {

    static CommitRow of(Commit commit) {
        return new CommitRow(
                commit.hash(),
                commit.parents(),
                commit.isMerge() ? 1 : 0,
                commit.authorName(),
                commit.authorEmail(),
                Timestamps.format(commit.authoredAt()),
                Timestamps.format(commit.committedAt()),
                commit.subject(),
                commit.changes().size(),
                commit.linesAdded(),
                commit.linesDeleted());
    }
}
