package dev.rookery.catalog.ingestion;

/**
 * A writer's right to a partition's lanes; void as soon as another writer has taken the partition over.
 *
 * @param epoch raised with every writer
 */
public record PartitionLease(LogPartition partition, long epoch) {}
