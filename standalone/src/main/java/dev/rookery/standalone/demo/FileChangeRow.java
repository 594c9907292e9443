package dev.rookery.standalone.demo;

/** A row of {@code git_file_changes}; the components are the columns. */
record FileChangeRow(
        String hash,
        String committedAt,
        String authorName,
        String authorEmail,
        String path,
        String oldPath,
        int isBinary,
        long linesAdded,
        long linesDeleted) {

    static FileChangeRow of(Commit commit, FileChange change) {
        return new FileChangeRow(
                commit.hash(),
                Timestamps.format(commit.committedAt()),
                commit.authorName(),
                commit.authorEmail(),
                change.path(),
                change.oldPath(),
                change.binary() ? 1 : 0,
                change.linesAdded(),
                change.linesDeleted());
    }
}
