package dev.rookery.standalone.demo;

import java.io.PrintStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/** Sends the commits that are not stored yet, and their file changes, through the Events API. */
final class HistoryLoader {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);
    private static final int LOOKS = 120;

    private final ApiClient api;
    private final PrintStream out;
    private final boolean terminal;
    private final InstantSource clock;
    private final Pause pause;

    HistoryLoader(ApiClient api, PrintStream out, boolean terminal, InstantSource clock, Pause pause) {
        this.api = api;
        this.out = out;
        this.terminal = terminal;
        this.clock = clock;
        this.pause = pause;
    }

    /**
     * Loads what is new.
     *
     * @param fresh whether the data sources were created just now, so nothing can be stored or on its way
     */
    void load(GitRepository repository, boolean fresh) {
        var missing = repository.missingHistory();
        if (missing.isPresent()) {
            out.println("  " + missing.get() + ": nothing to load, the endpoints show what is stored");
            return;
        }
        var stored = StoredHistory.read(api);
        var pending = pending(repository, stored);
        if (pending > 0 && !fresh) {
            StoredHistory.awaitSettled(api, pause);
            stored = StoredHistory.read(api);
            pending = pending(repository, stored);
        }
        if (pending == 0) {
            out.println(String.format(
                    Locale.ROOT,
                    "  nothing new; commits stored: %,d",
                    stored.commits().size()));
            return;
        }
        send(repository, stored, pending);
    }

    private static long pending(GitRepository repository, StoredHistory stored) {
        var pending = new AtomicLong();
        repository.forEachHash(hash -> {
            if (!stored.commits().contains(hash)) {
                pending.incrementAndGet();
            }
        });
        return pending.get();
    }

    private void send(GitRepository repository, StoredHistory stored, long pending) {
        var commitsBefore = StoredHistory.count(api, StoredHistory.COMMITS);
        var changesBefore = StoredHistory.count(api, StoredHistory.CHANGES);
        var commits = new EventStream(api, StoredHistory.COMMITS);
        var changes = new EventStream(api, StoredHistory.CHANGES);
        var bar = new ProgressBar(out, terminal, clock, pending);
        var done = new AtomicLong();

        repository.forEachCommit(commit -> {
            if (stored.commits().contains(commit.hash())) {
                return;
            }
            commit.changes().stream()
                    .skip(stored.partial().getOrDefault(commit.hash(), 0))
                    .forEach(change -> {
                        if (changes.isFull()) {
                            changes.flush();
                            bar.update(done.get(), commits.accepted() + changes.accepted());
                        }
                        changes.add(FileChangeRow.of(commit, change));
                    });
            if (commits.isFull()) {
                // In this order: a stored commit promises that its changes are stored.
                changes.flush();
                commits.flush();
                bar.update(done.get(), commits.accepted() + changes.accepted());
            }
            commits.add(CommitRow.of(commit));
            done.incrementAndGet();
        });
        changes.flushAndWait();
        commits.flushAndWait();
        bar.finish(done.get(), commits.accepted() + changes.accepted());

        var quarantined = commits.quarantined() + changes.quarantined();
        if (quarantined > 0) {
            out.printf(
                    Locale.ROOT,
                    "  rows that did not fit and are in quarantine: %,d (SELECT * FROM %s_quarantine)%n",
                    quarantined,
                    commits.quarantined() > 0 ? StoredHistory.COMMITS : StoredHistory.CHANGES);
        }
        awaitVisible(StoredHistory.COMMITS, commitsBefore + commits.accepted());
        awaitVisible(StoredHistory.CHANGES, changesBefore + changes.accepted());
    }

    /** The last batch waits for its own rows only; earlier ones may travel through other partitions. */
    private void awaitVisible(String dataSource, long rows) {
        for (int look = 0; look < LOOKS; look++) {
            if (StoredHistory.count(api, dataSource) >= rows) {
                return;
            }
            pause.of(BETWEEN_LOOKS);
        }
        out.printf(Locale.ROOT, "  some rows of %s are acknowledged but not visible yet%n", dataSource);
    }
}
