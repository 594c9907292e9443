package dev.rookery.standalone;

import dev.rookery.catalog.tokens.TokenStore;
import dev.rookery.engines.process.DirectoryTree;
import dev.rookery.standalone.LocalBootstrap.LocalTokens;
import dev.rookery.standalone.endtoend.Http;
import dev.rookery.standalone.endtoend.Platform;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.context.ConfigurableApplicationContext;

/** Standalone in this JVM: one for all tests, on free ports, in a temporary directory. */
public final class StandalonePlatform implements Platform {
    private static final StandalonePlatform SHARED = new StandalonePlatform();

    private final Standalone standalone;
    private final ByteArrayOutputStream console = new ByteArrayOutputStream();

    private StandalonePlatform() {
        try {
            Path data = Files.createTempDirectory("rookery-standalone-");
            standalone = Standalone.start(
                    new StandaloneOptions(data, 0, "127.0.0.1", false, false),
                    new Console(new PrintStream(console, true, StandardCharsets.UTF_8)));
            Runtime.getRuntime()
                    .addShutdownHook(new Thread(
                            () -> {
                                standalone.close();
                                DirectoryTree.delete(data);
                            },
                            "standalone"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The one of this JVM, started when first asked for. Not for tests that stop it. */
    public static StandalonePlatform shared() {
        return SHARED;
    }

    @Override
    public URI api() {
        return URI.create("http://localhost:" + standalone.port());
    }

    @Override
    public URI clickHouseInterface() {
        return URI.create("http://localhost:" + standalone.clickHousePort());
    }

    @Override
    public String userToken() {
        return localTokens().userToken();
    }

    @Override
    public TokenStore tokens() {
        return context().getBean(TokenStore.class);
    }

    /** A token of a local workspace, made when there is none of this name. */
    public String workspaceToken(String name) {
        return context().getBean(LocalBootstrap.class).workspaceToken(name);
    }

    /** What the Query API answers to a statement. */
    public String sql(String token, String sql) {
        return Http.post(api(), "/v0/sql", token, sql).body();
    }

    /** What the API answers to a GET, as text. */
    public String text(String token, String pathAndQuery) {
        return Http.get(api(), pathAndQuery, token).body();
    }

    /** The beans of all services. */
    public ConfigurableApplicationContext context() {
        return standalone.services();
    }

    LocalTokens localTokens() {
        return context().getBean(LocalBootstrap.class).tokens();
    }
}
