package dev.rookery.controlplane;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;
import org.springframework.context.annotation.Import;

/** The control-plane as a process of its own. */
@SpringBootConfiguration
@EnableAutoConfiguration(exclude = UserDetailsServiceAutoConfiguration.class)
@Import(ControlPlaneConfiguration.class)
public class ControlPlaneMain {
    public static void main(String[] args) {
        SpringApplication.run(ControlPlaneMain.class, args);
    }
}
