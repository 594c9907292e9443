package dev.rookery.gateway.sqlapi;

import dev.rookery.access.TokenSecurity;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;

/** The Query API. */
@Configuration(proxyBeanMethods = false)
@Import(SqlController.class)
public class SqlConfiguration {
    static final String PATH = "/v0/sql";

    @Bean
    @Order(21)
    SecurityFilterChain sqlSecurity(HttpSecurity http, TokenSecurity security) throws Exception {
        return security.withTokenOrJwt(http, PATH);
    }
}
