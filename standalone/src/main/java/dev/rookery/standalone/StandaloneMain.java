package dev.rookery.standalone;

import dev.rookery.standalone.demo.DemoException;
import dev.rookery.standalone.demo.DemoRunner;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code ./rookery up}: starts the platform, prints how to reach it, and stays until it is told to stop. */
public final class StandaloneMain {
    /** The demo's own: a deployment states a workspace's whole content, and nobody else's project is to give way. */
    private static final String DEMO_WORKSPACE = "git_insights";

    private StandaloneMain() {}

    public static void main(String[] arguments) throws InterruptedException {
        long began = System.nanoTime();
        Console console = new Console(System.out);
        CountDownLatch stopped = new CountDownLatch(1);
        try {
            StandaloneOptions options = StandaloneOptions.parse(arguments);
            if (options.fresh()) {
                DataDirectory.wipe(options.data());
            }
            // Read by logback.xml when the first logger is made, which no line before this one does.
            System.setProperty(
                    "rookery.log", options.data().resolve("logs/rookery.log").toString());
            console.line("Starting Rookery in " + options.data());
            Standalone standalone = Standalone.start(options, console);
            Runtime.getRuntime()
                    .addShutdownHook(new Thread(
                            () -> {
                                console.line("Stopping …");
                                standalone.close();
                                stopped.countDown();
                            },
                            "shutdown"));
            Duration took = Duration.ofNanos(System.nanoTime() - began);
            Banner.print(console, options.data(), standalone, took);
            if (options.demo()) {
                demo(standalone);
            }
            stopped.await(Long.MAX_VALUE, TimeUnit.DAYS);
        } catch (StandaloneException | DemoException e) {
            log().debug("cannot start", e);
            System.err.println("rookery: " + e.getMessage());
            System.exit(1);
        }
    }

    private static Logger log() {
        return LoggerFactory.getLogger(StandaloneMain.class);
    }

    /** A demo that fails leaves the platform running: what went wrong can be looked into. */
    private static void demo(Standalone standalone) {
        String token = standalone.services().getBean(LocalBootstrap.class).workspaceToken(DEMO_WORKSPACE);
        Path home = Path.of(System.getProperty("rookery.home", "")).toAbsolutePath();
        URI api = URI.create(String.format(Locale.ROOT, "http://localhost:%d", standalone.port()));
        try {
            new DemoRunner(api, token, home, home.resolve("examples/git-insights"), System.out).run();
        } catch (DemoException e) {
            log().debug("the demo failed", e);
            System.err.println("rookery: the demo did not come to its end: " + e.getMessage());
        }
    }
}
