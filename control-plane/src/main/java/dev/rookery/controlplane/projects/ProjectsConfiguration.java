package dev.rookery.controlplane.projects;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The limits of projects. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(LimitProperties.class)
public class ProjectsConfiguration {
    @Bean
    ResourceLimits resourceLimits(LimitProperties limits) {
        return new ResourceLimits(limits);
    }
}
