package dev.rookery.catalog.changes;

import dev.rookery.catalog.CatalogException;
import dev.rookery.catalog.WorkspaceId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The reading side of the change log (ALGORITHMS.md E): a thread of its own takes a snapshot of Postgres, tells the
 * listeners of every change that became visible since the last one, and only then reports the snapshot as seen. So no
 * commit is skipped however transactions overlap, and a long transaction delays only itself. {@link #requireFresh} is
 * asked on every request that relies on what listeners cache. Thread safe.
 */
public final class ChangeFeed implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(ChangeFeed.class);

    private static final Duration PRUNE_EVERY = Duration.ofHours(1);

    private final JdbcClient jdbc;
    private final InstantSource clock;
    private final ChangeFeedProperties settings;
    private final String service;
    private final UUID instance = UUID.randomUUID();
    private final List<ChangeListener> listeners = new CopyOnWriteArrayList<>();

    /** When the last successful poll began. */
    private volatile Instant lastPoll = Instant.MIN;

    /**
     * When the last successful poll began or the last failed one ended: an old one means that this process stood still or
     * waits for Postgres, and others gave it up.
     */
    private volatile Instant lastAttempt = Instant.MIN;

    private volatile boolean running;
    private @Nullable Thread thread;
    private String seen = "";
    private Instant nextPrune = Instant.MIN;

    /** @param service the name of the service this instance belongs to, for operators */
    public ChangeFeed(JdbcClient jdbc, InstantSource clock, ChangeFeedProperties settings, String service) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.settings = settings;
        this.service = service;
    }

    /** Adds a listener; it hears of changes from the next poll on. */
    public void subscribe(ChangeListener listener) {
        listeners.add(listener);
    }

    /**
     * Returns at once as a rule; waits for the next poll when this process has just been standing still.
     *
     * @throws CatalogException of kind UNAVAILABLE when what is cached here may be older than allowed (E5)
     */
    public void requireFresh() {
        if (stoodStill()) {
            awaitAttempt();
        }
        if (stoodStill() || clock.instant().isAfter(lastPoll.plus(settings.staleAfter()))) {
            throw new CatalogException(
                    CatalogException.Kind.UNAVAILABLE,
                    "This server has lost touch with the catalog and must not answer; try again in a moment");
        }
    }

    private boolean stoodStill() {
        return clock.instant().isAfter(lastAttempt.plus(ChangeLog.PATIENCE));
    }

    private synchronized void awaitAttempt() {
        try {
            long deadline = System.nanoTime() + ChangeLog.PATIENCE.toNanos();
            while (stoodStill() && System.nanoTime() < deadline) {
                wait(100);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void attempted(Instant when) {
        lastAttempt = when;
        notifyAll();
    }

    @Override
    public void start() {
        seen = currentSnapshot();
        register();
        poll();
        Thread poller = Thread.ofPlatform().daemon().name("catalog-changes").unstarted(this::run);
        thread = poller;
        running = true;
        poller.start();
    }

    @Override
    public void stop() {
        running = false;
        Thread poller = thread;
        if (poller != null) {
            poller.interrupt();
            try {
                poller.join(Duration.ofSeconds(5));
                jdbc.sql("delete from service_instances where id = :id")
                        .param("id", instance)
                        .update();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (DataAccessException e) {
                LOG.info("The instance's lease stays until it ends by itself: {}", e.getMessage());
            }
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Before anything that answers requests is started, after everything else in stop. */
    @Override
    public int getPhase() {
        return Integer.MIN_VALUE + 1000;
    }

    private void run() {
        while (running) {
            java.util.concurrent.locks.LockSupport.parkNanos(
                    settings.pollEvery().toNanos());
            try {
                if (running) {
                    poll();
                }
            } catch (DataAccessException e) {
                attempted(clock.instant());
                LOG.warn("Cannot read the catalog's changes: {}", e.getMessage());
            } catch (RuntimeException e) {
                // A listener's mistake: nothing was reported as seen, so the same changes come again with the next
                // poll.
                attempted(clock.instant());
                LOG.error("Cannot apply the catalog's changes", e);
            }
        }
    }

    private void register() {
        jdbc.sql("""
                        insert into service_instances (id, service, seen, lease_until)
                        values (:id, :service, :seen::pg_snapshot, now() + :lease::interval)
                        """)
                .param("id", instance)
                .param("service", service)
                .param("seen", seen)
                .param("lease", settings.lease().toMillis() + " milliseconds")
                .update();
    }

    private String currentSnapshot() {
        return jdbc.sql("select pg_current_snapshot()::text")
                .query(String.class)
                .single();
    }

    private void poll() {
        Instant began = clock.instant();
        // The statement after this one sees all that this snapshot sees, and perhaps more: that is told twice.
        String now = currentSnapshot();
        tell(changesSince(seen));
        seen = now;
        if (!report()) {
            // Away for so long that the instance was forgotten, and with it perhaps changes that it has not read.
            tell(Arrays.stream(ChangeTopic.values())
                    .map(topic -> new CatalogChange(topic, null))
                    .toList());
            register();
        }
        lastPoll = began;
        attempted(began);
        prune(began);
    }

    private void tell(List<CatalogChange> changes) {
        if (!changes.isEmpty()) {
            listeners.forEach(listener -> listener.onChanges(changes));
        }
    }

    private List<CatalogChange> changesSince(String snapshot) {
        return jdbc.sql("""
                        select distinct topic, workspace_id from catalog_changes
                         where xid >= pg_snapshot_xmin(:seen::pg_snapshot)
                           and not pg_visible_in_snapshot(xid, :seen::pg_snapshot)
                        """)
                .param("seen", snapshot)
                .query((row, n) -> {
                    UUID workspace = row.getObject("workspace_id", UUID.class);
                    return new CatalogChange(
                            ChangeTopic.of(row.getString("topic")),
                            workspace == null ? null : new WorkspaceId(workspace));
                })
                .list();
    }

    private boolean report() {
        return jdbc.sql("""
                        update service_instances
                           set seen = :seen::pg_snapshot, lease_until = now() + :lease::interval, revoked_at = null
                         where id = :id
                        """)
                        .param("seen", seen)
                        .param("lease", settings.lease().toMillis() + " milliseconds")
                        .param("id", instance)
                        .update()
                == 1;
    }

    /** Instances are forgotten before the changes that they may not have read. */
    private void prune(Instant now) {
        if (now.isBefore(nextPrune)) {
            return;
        }
        nextPrune = now.plus(PRUNE_EVERY);
        jdbc.sql("delete from service_instances where lease_until < now() - interval '1 day'")
                .update();
        jdbc.sql("delete from catalog_changes where created_at < now() - interval '3 days'")
                .update();
    }
}
