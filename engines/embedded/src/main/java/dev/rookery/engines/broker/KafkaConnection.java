package dev.rookery.engines.broker;

/**
 * How to reach a Kafka cluster.
 *
 * @param bootstrapServers the value for {@code bootstrap.servers}
 */
public record KafkaConnection(String bootstrapServers) {}
