package dev.rookery.access;

import dev.rookery.access.web.WebConfiguration;
import dev.rookery.catalog.tokens.TokenCache;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.servlet.HandlerExceptionResolver;

/** Tokens and HTTP conventions, as every service with an API imports them. */
@Configuration(proxyBeanMethods = false)
@Import(WebConfiguration.class)
public class AccessConfiguration {
    @Bean
    Callers callers(TokenCache tokens) {
        return new Callers(tokens);
    }

    @Bean
    TokenSecurity tokenSecurity(
            Callers callers, @Qualifier("handlerExceptionResolver") HandlerExceptionResolver errors) {
        return new TokenSecurity(callers, errors);
    }

    /** What no service has claimed: open, so that an unknown route is answered 404 and not 403. */
    @Bean
    @Order(Integer.MAX_VALUE)
    SecurityFilterChain unclaimedPaths(HttpSecurity http, TokenSecurity security) throws Exception {
        return security.open(http, "/**");
    }
}
