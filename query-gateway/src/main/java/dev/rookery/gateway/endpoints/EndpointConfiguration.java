package dev.rookery.gateway.endpoints;

import dev.rookery.access.TokenSecurity;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;

/** Endpoints. Other paths below {@code /v0/pipes} are the control-plane's. */
@Configuration(proxyBeanMethods = false)
@Import({EndpointController.class, ExplainController.class, OpenApiController.class})
public class EndpointConfiguration {
    static final String PATH = "/v0/pipes/{file:.+\\.(?:json|csv|ndjson|parquet|prometheus)}";
    static final String EXPLAIN_PATH = "/v0/pipes/{pipe}/explain";

    @Bean
    @Order(20)
    SecurityFilterChain endpointSecurity(HttpSecurity http, TokenSecurity security) throws Exception {
        return security.withTokenOrJwt(http, PATH, EXPLAIN_PATH);
    }
}
