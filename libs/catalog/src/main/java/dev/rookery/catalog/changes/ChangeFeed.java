package dev.rookery.catalog.changes;

import dev.rookery.catalog.CatalogException;
import dev.rookery.catalog.WorkspaceId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
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
 * The reading side of the change log (ALGORITHMS.md E): a thread of its own reads every change below the oldest running
 * transaction, tells the listeners, and only then reports how far this instance has seen. {@link #requireFresh} is asked
 * on every request that relies on what listeners cache. Thread safe.
 */
public final class ChangeFeed implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(ChangeFeed.class);

    private final JdbcClient jdbc;
    private final InstantSource clock;
    private final ChangeFeedProperties settings;
    private final String service;
    private final UUID instance = UUID.randomUUID();
    private final List<ChangeListener> listeners = new CopyOnWriteArrayList<>();

    /** When the last successful poll began. */
    private volatile Instant lastPoll = Instant.MIN;

    /** When a poll was last attempted: an old one means that this process stood still, and others gave it up. */
    private volatile Instant lastAttempt = Instant.MIN;

    private volatile boolean running;
    private @Nullable Thread thread;
    private String seenXid = "0";

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

    private synchronized void attempted() {
        lastAttempt = clock.instant();
        notifyAll();
    }

    @Override
    public void start() {
        seenXid = currentXmin();
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
                attempted();
                LOG.warn("Cannot read the catalog's changes: {}", e.getMessage());
            }
        }
    }

    private void register() {
        jdbc.sql("""
                        insert into service_instances (id, service, seen_xid, lease_until)
                        values (:id, :service, :seen::xid8, now() + :lease::interval)
                        """)
                .param("id", instance)
                .param("service", service)
                .param("seen", seenXid)
                .param("lease", settings.lease().toMillis() + " milliseconds")
                .update();
    }

    private String currentXmin() {
        return jdbc.sql("select pg_snapshot_xmin(pg_current_snapshot())::text")
                .query(String.class)
                .single();
    }

    private void poll() {
        Instant began = clock.instant();
        String upTo = currentXmin();
        List<CatalogChange> changes = jdbc.sql("""
                        select distinct topic, workspace_id from catalog_changes
                         where xid >= :from::xid8 and xid < :to::xid8
                        """)
                .param("from", seenXid)
                .param("to", upTo)
                .query((row, n) -> {
                    UUID workspace = row.getObject("workspace_id", UUID.class);
                    return new CatalogChange(
                            ChangeTopic.of(row.getString("topic")),
                            workspace == null ? null : new WorkspaceId(workspace));
                })
                .list();
        if (!changes.isEmpty()) {
            listeners.forEach(listener -> listener.onChanges(changes));
        }
        seenXid = upTo;
        boolean known = jdbc.sql("""
                        update service_instances
                           set seen_xid = :seen::xid8, lease_until = now() + :lease::interval, revoked_at = null
                         where id = :id
                        """)
                        .param("seen", seenXid)
                        .param("lease", settings.lease().toMillis() + " milliseconds")
                        .param("id", instance)
                        .update()
                == 1;
        if (!known) {
            register();
        }
        lastPoll = began;
        attempted();
    }
}
