package dev.rookery.ingest.log;

import java.time.Duration;
import org.apache.kafka.clients.producer.Producer;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The Kafka side that both roles use. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({KafkaProperties.class, LogProperties.class})
public class LogConfiguration {
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(5);

    @Bean
    KafkaClients ingestKafkaClients(KafkaProperties properties) {
        return new KafkaClients(properties);
    }

    @Bean(destroyMethod = "close")
    EventLog eventLog(KafkaClients clients, LogProperties settings) {
        Producer<byte[], byte[]> producer = clients.producer(settings.acknowledgeTimeout());
        return new EventLog(producer, CLOSE_WITHIN);
    }
}
