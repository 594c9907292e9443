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
    private static final Map<String, Object> DEFAULTS = Map.ofEntries(
            Map.entry("spring.application.name", "ingest-service"),
            Map.entry("spring.threads.virtual.enabled", "true"),
            // Nobody listens to them, and a small request is measured in microseconds.
            Map.entry("spring.mvc.publish-request-handled-events", "false"),
            Map.entry("management.observations.enable.spring.security", "false"),
            // Senders keep their connections; Tomcat would end each after 100 requests.
            Map.entry("server.tomcat.max-keep-alive-requests", "-1"),
            Map.entry("spring.datasource.hikari.maximum-pool-size", "8"),
            // Below the 2 s after which others give up an instance that does not follow the catalog.
            Map.entry("spring.datasource.hikari.connection-timeout", "1500"),
            // A refused body is read to its end, so that the client gets to see the refusal.
            Map.entry("server.tomcat.max-swallow-size", "128MB"),
            Map.entry("server.shutdown", "graceful"),
            Map.entry("management.endpoints.web.exposure.include", "health,prometheus"),
            Map.entry("management.endpoint.health.probes.enabled", "true"),
            // Kafka's clients print their whole configuration whenever one is made.
            Map.entry("logging.level.org.apache.kafka", "warn"),
            // Files are read as they come, and not into other files before a controller sees them.
            Map.entry("spring.servlet.multipart.enabled", "false"));

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
