package dev.rookery.catalog.ingestion;

/**
 * What happens while nothing of the barrier's data sources is being stored. Once begun it is only ever rolled forward:
 * whoever finds it unfinished calls both methods again, with the same cut.
 */
public interface CriticalSection {
    /**
     * The part outside Postgres, such as DDL. Idempotent; may be called by two processes at once when one of them was
     * given up too early, and must then do no harm.
     */
    void work(Cut cut);

    /** The part inside the transaction that ends the barrier: pointers, and the plans that follow. */
    void commit(Cut cut, PlanChanges plans);
}
