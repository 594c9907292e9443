package dev.rookery.access;

import dev.rookery.access.jwt.JwtVerifier;
import dev.rookery.access.web.WebConfiguration;
import dev.rookery.catalog.changes.ChangeFeed;
import dev.rookery.catalog.tokens.JwtKeys;
import dev.rookery.catalog.tokens.TokenCache;
import dev.rookery.catalog.tokens.TokenStore;
import java.time.InstantSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
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
@EnableConfigurationProperties(AccessProperties.class)
public class AccessConfiguration {
    @Bean
    JwtKeys jwtKeys(TokenStore tokens, ChangeFeed changes) {
        return new JwtKeys(tokens, changes);
    }

    @Bean
    JwtVerifier jwtVerifier(JwtKeys keys, InstantSource clock, AccessProperties settings) {
        return new JwtVerifier(keys::find, clock, settings.jwtClockSkew());
    }

    @Bean
    Callers callers(TokenCache tokens, JwtVerifier jwts) {
        return new Callers(tokens, jwts);
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
