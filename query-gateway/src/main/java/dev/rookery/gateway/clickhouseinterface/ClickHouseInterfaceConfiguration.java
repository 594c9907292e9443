package dev.rookery.gateway.clickhouseinterface;

import dev.rookery.access.Callers;
import dev.rookery.gateway.limits.AddressFilter;
import dev.rookery.gateway.limits.QueryAdmission;
import dev.rookery.gateway.query.QueryService;
import dev.rookery.gateway.web.GatewayWebConfiguration;
import dev.rookery.limits.LimitsProperties;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.web.server.context.ConfigurableWebServerApplicationContext;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.ApplicationContext;
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
    static final String NAMESPACE = "clickhouse";

    /** Without a name of its own its port would be told as the parent's. */
    ClickHouseInterfaceConfiguration(ApplicationContext context) {
        if (context instanceof ConfigurableWebServerApplicationContext web) {
            web.setServerNamespace(NAMESPACE);
        }
    }

    @Bean
    FilterRegistrationBean<AddressFilter> driverAddressFilter(LimitsProperties limits) {
        int perAddress = limits.enforced() ? limits.connectionsPerAddress() : 0;
        return new FilterRegistrationBean<>(new AddressFilter(perAddress, false));
    }

    @Bean
    ServletRegistrationBean<ClickHouseServlet> clickHouseServlet(
            Callers callers, QueryAdmission admission, QueryService queries) {
        var registration = new ServletRegistrationBean<>(new ClickHouseServlet(callers, admission, queries), "/*");
        registration.setName("clickhouse");
        registration.setLoadOnStartup(1);
        return registration;
    }
}
