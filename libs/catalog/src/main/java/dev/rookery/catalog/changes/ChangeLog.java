package dev.rookery.catalog.changes;

import dev.rookery.catalog.WorkspaceId;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The writing side of the change log (ALGORITHMS.md E): {@link #record} runs inside the transaction that makes the
 * change, and {@link #commitAndAwait} returns when every live instance has read it. Thread safe.
 */
public final class ChangeLog {
    /** A slower instance loses its lease and answers 503 until it has caught up. */
    static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final Duration CHECK_EVERY = Duration.ofMillis(20);

    private static final String LAGGING = """
            not pg_visible_in_snapshot(:xid::xid8, seen)
             and lease_until > now() and revoked_at is null
            """;

    private final JdbcClient jdbc;
    private final TransactionOperations transactions;

    public ChangeLog(JdbcClient jdbc, TransactionOperations transactions) {
        this.jdbc = jdbc;
        this.transactions = transactions;
    }

    /** Adds a change to the current transaction; without one it would be lost with the connection's auto-commit. */
    public void record(ChangeTopic topic, @Nullable WorkspaceId workspace) {
        jdbc.sql("insert into catalog_changes (topic, workspace_id) values (:topic, :workspace)")
                .param("topic", topic.column())
                .param("workspace", workspace == null ? null : workspace.value(), java.sql.Types.OTHER)
                .update();
    }

    /** Runs the change in a transaction of its own and returns once every live instance has seen it, at most 2 s later. */
    public <T> T commitAndAwait(Supplier<T> change) {
        if (TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException("inside another transaction the change is not committed yet, nor seen");
        }
        record Committed<T>(T value, String xid) {}
        Committed<T> committed = transactions.execute(status -> new Committed<>(change.get(), currentXid()));
        awaitSeen(java.util.Objects.requireNonNull(committed).xid());
        return committed.value();
    }

    private String currentXid() {
        return jdbc.sql("select pg_current_xact_id()::text").query(String.class).single();
    }

    private void awaitSeen(String xid) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (lagging(xid)) {
            if (System.nanoTime() > deadline) {
                revokeLagging(xid);
                return;
            }
            java.util.concurrent.locks.LockSupport.parkNanos(CHECK_EVERY.toNanos());
        }
    }

    private boolean lagging(String xid) {
        return jdbc.sql("""
                        select exists (select 1 from service_instances where %s)
                        """.formatted(LAGGING))
                .param("xid", xid)
                .query(Boolean.class)
                .single();
    }

    private void revokeLagging(String xid) {
        jdbc.sql("""
                        update service_instances set revoked_at = now() where %s
                        """.formatted(LAGGING)).param("xid", xid).update();
    }
}
