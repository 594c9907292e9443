package dev.rookery.limits;

import dev.rookery.limits.rates.BucketReaper;
import dev.rookery.limits.rates.RateLimiter;
import dev.rookery.limits.rates.Replicas;
import dev.rookery.limits.rates.SharedBuckets;
import java.time.InstantSource;
import javax.sql.DataSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Limits as a service that enforces them imports them. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(LimitsProperties.class)
public class LimitsConfiguration {
    @Bean
    OrganizationLimits organizationLimits(JdbcClient jdbc, LimitsProperties settings) {
        return new OrganizationLimits(jdbc, settings);
    }

    @Bean
    Replicas replicas(JdbcClient jdbc, InstantSource clock, Environment environment) {
        return new Replicas(jdbc, clock, environment.getProperty("spring.application.name", "rookery"));
    }

    @Bean
    SharedBuckets sharedBuckets(DataSource dataSource) {
        return new SharedBuckets(dataSource);
    }

    @Bean
    RateLimiter rateLimiter(SharedBuckets buckets, Replicas replicas) {
        return new RateLimiter(buckets, replicas::count);
    }

    @Bean
    BucketReaper bucketReaper(SharedBuckets buckets) {
        return new BucketReaper(buckets);
    }
}
