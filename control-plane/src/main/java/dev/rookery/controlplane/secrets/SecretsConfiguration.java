package dev.rookery.controlplane.secrets;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The secrets of workspaces. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SecretProperties.class)
@Import(VariableController.class)
public class SecretsConfiguration {
    @Bean
    VariableRates variableRates(SecretProperties properties) {
        return new VariableRates(properties.requestsPerSecond());
    }
}
