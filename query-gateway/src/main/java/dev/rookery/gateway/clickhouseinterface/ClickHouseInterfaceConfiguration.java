package dev.rookery.gateway.clickhouseinterface;

import dev.rookery.access.Callers;
import dev.rookery.gateway.query.QueryService;
import dev.rookery.gateway.web.GatewayWebConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * The ClickHouse interface: a context of its own on a port of its own, below the gateway's. It has one servlet and none of
 * the parent's controllers, so that nothing but ClickHouse's protocol is spoken there.
 */
@Configuration(proxyBeanMethods = false)
@ImportAutoConfiguration(TomcatServletWebServerAutoConfiguration.class)
@Import(GatewayWebConfiguration.class)
public class ClickHouseInterfaceConfiguration {
    @Bean
    ServletRegistrationBean<ClickHouseServlet> clickHouseServlet(Callers callers, QueryService queries) {
        var registration = new ServletRegistrationBean<>(new ClickHouseServlet(callers, queries), "/*");
        registration.setName("clickhouse");
        registration.setLoadOnStartup(1);
        return registration;
    }
}
