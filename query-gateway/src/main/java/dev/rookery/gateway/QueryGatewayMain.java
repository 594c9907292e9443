package dev.rookery.gateway;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.data.jpa.autoconfigure.DataJpaRepositoriesAutoConfiguration;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;
import org.springframework.context.annotation.Import;

/** The query gateway as a process of its own. */
@SpringBootConfiguration
@EnableAutoConfiguration(
        exclude = {
            DataJpaRepositoriesAutoConfiguration.class,
            HibernateJpaAutoConfiguration.class,
            UserDetailsServiceAutoConfiguration.class
        })
@Import(QueryGatewayConfiguration.class)
public class QueryGatewayMain {
    public static void main(String[] args) {
        new SpringApplicationBuilder(QueryGatewayMain.class)
                .properties("spring.config.name=query-gateway")
                .run(args);
    }
}
