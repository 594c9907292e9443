package dev.rookery.catalog.ingestion;

/** Another writer has taken the partition over: whoever meets this must stop and change nothing more. */
public final class LeaseLostException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LeaseLostException(PartitionLease lease) {
        super("epoch %d of %s is over".formatted(lease.epoch(), lease.partition()));
    }
}
