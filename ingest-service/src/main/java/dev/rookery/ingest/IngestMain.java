package dev.rookery.ingest;

import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;

/** The ingest service: Events API and writer, or one of them by {@code rookery.ingest.*.enabled}. */
@SpringBootConfiguration
@EnableAutoConfiguration(
        excludeName = {
            "org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration",
            "org.springframework.boot.data.jpa.autoconfigure.DataJpaRepositoriesAutoConfiguration",
            "org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration",
            "org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration"
        })
@Import(IngestConfiguration.class)
public class IngestMain {
    /** What an operator may override; the least specific of all sources. */
    private static final Map<String, Object> DEFAULTS = Map.of(
            "spring.application.name", "ingest-service",
            // Senders keep their connections; Tomcat would end each after 100 requests.
            "server.tomcat.max-keep-alive-requests", "-1",
            "spring.threads.virtual.enabled", "true",
            "spring.datasource.hikari.maximum-pool-size", "8",
            // Below the 2 s after which others give up an instance that does not follow the catalog.
            "spring.datasource.hikari.connection-timeout", "1500",
            // A refused body is read to its end, so that the client gets to see the refusal.
            "server.tomcat.max-swallow-size", "128MB",
            "server.shutdown", "graceful",
            "management.endpoints.web.exposure.include", "health,prometheus",
            "management.endpoint.health.probes.enabled", "true",
            // Kafka's clients print their whole configuration whenever one is made.
            "logging.level.org.apache.kafka", "warn");

    public static void main(String[] args) {
        start(args);
    }

    /** Starts the service; closing the context stops it. */
    public static ConfigurableApplicationContext start(String... args) {
        SpringApplication application = new SpringApplication(IngestMain.class);
        application.setDefaultProperties(DEFAULTS);
        return application.run(args);
    }
}
