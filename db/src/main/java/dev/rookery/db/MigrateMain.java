package dev.rookery.db;

import dev.rookery.catalog.keys.KeyProperties;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Migrates and exits: 0 when everything is up to date, 1 with one line saying what is not. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({MigrateProperties.class, KeyProperties.class})
public class MigrateMain {
    @Bean
    Migrator migrator(MigrateProperties settings, KeyProperties keys) {
        return new Migrator(settings, keys.toKeyRing());
    }

    public static void main(String[] args) {
        SpringApplication application = new SpringApplication(MigrateMain.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        try (ConfigurableApplicationContext context = application.run(args)) {
            context.getBean(Migrator.class)
                    .run()
                    .ifPresent(token -> System.out.println("The first admin's user token, shown only now: " + token));
        } catch (RuntimeException e) {
            System.err.println("migrate failed: " + e.getMessage());
            System.exit(1);
        }
    }
}
