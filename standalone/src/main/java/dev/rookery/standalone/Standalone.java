package dev.rookery.standalone;

import dev.rookery.catalog.keys.KeyRing;
import dev.rookery.catalog.keys.SealBrokenException;
import dev.rookery.db.Migrator;
import dev.rookery.engines.EngineException;
import dev.rookery.engines.EngineSettings;
import dev.rookery.engines.Engines;
import dev.rookery.gateway.clickhouseinterface.ClickHouseInterfaceServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** The whole platform in this process, with the engines as its children. {@link #close} stops it within seconds. */
final class Standalone implements AutoCloseable {
    private final Console console;
    private @Nullable Engines engines;
    private @Nullable ConfigurableApplicationContext services;

    private Standalone(Console console) {
        this.console = console;
    }

    /**
     * Starts everything, and stops what was started when something does not.
     *
     * @throws StandaloneException with one line saying what to do
     */
    static Standalone start(StandaloneOptions options, Console console) {
        Standalone standalone = new Standalone(console);
        try {
            standalone.run(options);
            return standalone;
        } catch (EngineException e) {
            standalone.close();
            throw new StandaloneException(String.valueOf(e.getMessage()), e);
        } catch (StandaloneException e) {
            standalone.close();
            throw e;
        } catch (RuntimeException e) {
            standalone.close();
            throw causes(e).anyMatch(SealBrokenException.class::isInstance)
                    ? MasterKeyFile.wrong(options.data(), e)
                    : new StandaloneException(rootMessage(e), e);
        }
    }

    private void run(StandaloneOptions options) {
        requireFree(options.host(), options.port());
        requireFree(options.host(), options.clickHousePort());
        Path data = options.data();
        Engines running = Engines.start(EngineSettings.in(data).withProgress(console));
        engines = running;

        String masterKey = MasterKeyFile.readOrCreate(data);
        KeyRing keys = MasterKeyFile.keyRing(data, masterKey);
        timed("migrations", () -> new Migrator(ServiceSettings.migrate(running), keys).run());

        Map<String, Object> settings = ServiceSettings.services(running, masterKey);
        timed(
                "services",
                () -> services = new SpringApplicationBuilder(StandaloneConfiguration.class)
                        .web(WebApplicationType.SERVLET)
                        .properties("spring.config.name=standalone")
                        .properties(settings)
                        .properties(Map.of(
                                "server.port", options.port(),
                                "server.address", options.host(),
                                "rookery.gateway.clickhouse-interface-port", options.clickHousePort()))
                        .registerShutdownHook(false)
                        .run());
    }

    /** The port that the API listens on. */
    int port() {
        return services().getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    /** The port that the ClickHouse interface listens on. */
    int clickHousePort() {
        return services().getBean(ClickHouseInterfaceServer.class).port();
    }

    /** The memory of the engines and of this process, in bytes. */
    long residentBytes() {
        Engines running = engines;
        return (running == null ? 0 : running.residentBytes()) + ProcessMemory.residentBytes();
    }

    /** The beans of all services. */
    ConfigurableApplicationContext services() {
        ConfigurableApplicationContext running = services;
        if (running == null) {
            throw new IllegalStateException("not started");
        }
        return running;
    }

    @Override
    public void close() {
        if (services != null) {
            services.close();
        }
        if (engines != null) {
            engines.close();
        }
    }

    private void timed(String what, Runnable work) {
        long began = System.nanoTime();
        work.run();
        console.step(what, Duration.ofNanos(System.nanoTime() - began));
    }

    private static void requireFree(String host, int port) {
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(InetAddress.getByName(host), port));
        } catch (IOException e) {
            throw new StandaloneException(
                    "port %d is taken: stop what listens there, or choose another with --port".formatted(port), e);
        }
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause);
    }

    private static String rootMessage(Throwable failure) {
        Throwable root = causes(failure).reduce(failure, (above, below) -> below);
        String message = root.getMessage();
        return message == null ? root.toString() : message.lines().findFirst().orElse(message);
    }
}
