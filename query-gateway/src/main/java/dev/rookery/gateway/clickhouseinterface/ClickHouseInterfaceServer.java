package dev.rookery.gateway.clickhouseinterface;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;

/** Starts and stops the ClickHouse interface together with the gateway (ALGORITHMS.md 24). */
public final class ClickHouseInterfaceServer implements SmartLifecycle {
    private final ConfigurableApplicationContext parent;
    private final @Nullable Integer port;
    private @Nullable ConfigurableApplicationContext child;

    /** @param port the port to listen on; 0 for any free one, null to have no such interface */
    public ClickHouseInterfaceServer(ConfigurableApplicationContext parent, @Nullable Integer port) {
        this.parent = parent;
        this.port = port;
    }

    @Override
    public synchronized void start() {
        if (port != null && child == null) {
            child = new SpringApplicationBuilder(ClickHouseInterfaceConfiguration.class)
                    .parent(parent)
                    .web(WebApplicationType.SERVLET)
                    .bannerMode(Banner.Mode.OFF)
                    .logStartupInfo(false)
                    .registerShutdownHook(false)
                    .run("--server.port=" + port);
        }
    }

    @Override
    public synchronized void stop() {
        if (child != null) {
            child.close();
            child = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return child != null;
    }

    /** The port it listens on. */
    public synchronized int port() {
        if (child == null) {
            throw new IllegalStateException("the ClickHouse interface does not run");
        }
        return child.getEnvironment()
                .getRequiredProperty("local." + ClickHouseInterfaceConfiguration.NAMESPACE + ".port", Integer.class);
    }
}
