package dev.rookery.ingest.log;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the ingest service uses Kafka.
 *
 * @param acknowledgeTimeout how long Kafka may take to acknowledge; then the client is told to try again
 */
@ConfigurationProperties("rookery.ingest.log")
public record LogProperties(@DefaultValue("10s") Duration acknowledgeTimeout) {}
