package dev.rookery.controlplane;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;
import org.springframework.context.annotation.Import;

/** The control-plane as a process of its own. */
@SpringBootConfiguration
@EnableAutoConfiguration(exclude = UserDetailsServiceAutoConfiguration.class)
@Import(ControlPlaneConfiguration.class)
public class ControlPlaneMain {
    public static void main(String[] args) {
        new SpringApplicationBuilder(ControlPlaneMain.class)
                .properties("spring.config.name=control-plane")
                .run(args);
    }
}
