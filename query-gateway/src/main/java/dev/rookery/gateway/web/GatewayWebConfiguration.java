package dev.rookery.gateway.web;

import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the container must do for queries. */
@Configuration(proxyBeanMethods = false)
public class GatewayWebConfiguration {
    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> clientWatch() {
        return factory -> factory.addEngineValves(new ClientWatchValve());
    }
}
