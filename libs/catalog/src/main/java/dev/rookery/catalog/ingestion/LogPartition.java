package dev.rookery.catalog.ingestion;

/** A Kafka partition of events, as the catalog names it. */
public record LogPartition(String topic, int partition) {}
