package dev.rookery.ingest.testing;

import dev.rookery.ingest.IngestMain;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/** The ingest service in this JVM, on a free port. */
public final class TestService implements AutoCloseable {
    private final ConfigurableApplicationContext context;

    private TestService(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /** Starts it; {@code more} are further arguments. */
    public static TestService start(TestPlatform platform, String... more) {
        return new TestService(IngestMain.start(platform.arguments(more).toArray(String[]::new)));
    }

    public EventsClient client(String token) {
        return new EventsClient(port(), token);
    }

    public int port() {
        var server = ((WebServerApplicationContext) context).getWebServer();
        if (server == null) {
            throw new IllegalStateException("no web server");
        }
        return server.getPort();
    }

    @Override
    public void close() {
        context.close();
    }
}
