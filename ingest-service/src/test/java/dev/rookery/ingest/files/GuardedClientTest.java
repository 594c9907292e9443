package dev.rookery.ingest.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.catalog.jobs.JobFailedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Rule 18: tenants' URLs")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GuardedClientTest {
    private FileServer server;

    @BeforeAll
    void start() throws IOException {
        server = FileServer.start();
        server.put("/file.csv", "1,a\n");
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private static GuardedClient client(GuardedClient.Names names, String... allowed) {
        return new GuardedClient(
                new AddressRules(List.of(allowed)), names, Duration.ofSeconds(20), Duration.ofSeconds(5));
    }

    private static String fetch(GuardedClient client, String url) throws IOException {
        try (client;
                RemoteFile file = client.open(RemoteAddress.parse(url))) {
            return new String(file.body().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    @DisplayName("a file at an address that the operator allows")
    void allowed() throws Exception {
        assertThat(fetch(client(InetAddress::getAllByName, "127.0.0.1"), server.url("/file.csv")))
                .isEqualTo("1,a\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1/",
                "http://[::1]/",
                "http://[::ffff:127.0.0.1]/",
                "http://2130706433/",
                "http://169.254.169.254/latest/meta-data/",
                "http://localhost/",
                "http://10.0.0.1:8123/?query=SELECT",
                "http://[fd00:ec2::254]/"
            })
    @DisplayName("addresses inside are refused, however they are written, when asked and when fetched")
    void inside(String url) {
        try (GuardedClient client = client(InetAddress::getAllByName)) {
            assertThatThrownBy(() -> client.check(RemoteAddress.parse(url)))
                    .isInstanceOf(RefusedAddressException.class);
            assertThatThrownBy(() -> client.open(RemoteAddress.parse(url))).isInstanceOf(RefusedAddressException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://example.com/a",
                "file:///etc/passwd",
                "gopher://example.com",
                "jar:http://example.com!/",
                "//example.com",
                "http:///a",
                "http://user:secret@example.com/",
                "http://exa mple.com/",
                "nonsense"
            })
    @DisplayName("only http and https, with a host and without a user")
    void schemes(String url) {
        assertThatThrownBy(() -> RemoteAddress.parse(url)).isInstanceOf(RefusedAddressException.class);
    }

    @Test
    @DisplayName("a name of which one address is inside is refused as a whole")
    void mixed() {
        GuardedClient.Names names =
                _ -> new InetAddress[] {InetAddress.ofLiteral("8.8.8.8"), InetAddress.ofLiteral("10.0.0.1")};
        try (GuardedClient client = client(names)) {
            assertThatThrownBy(() -> client.check(RemoteAddress.parse("http://files.example/")))
                    .isInstanceOf(RefusedAddressException.class)
                    .hasMessage("The URL leads to an address that is not public");
        }
    }

    @Test
    @DisplayName("a name that leads elsewhere the second time: what is connected to is what was checked")
    void rebinding() {
        var asked = new AtomicInteger();
        GuardedClient.Names names =
                _ -> new InetAddress[] {InetAddress.ofLiteral(asked.incrementAndGet() == 1 ? "8.8.8.8" : "127.0.0.1")};
        try (GuardedClient client = client(names)) {
            RemoteAddress address = RemoteAddress.parse(server.url("/file.csv").replace("127.0.0.1", "files.example"));
            client.check(address);

            assertThatThrownBy(() -> client.open(address)).isInstanceOf(RefusedAddressException.class);
            assertThat(asked).hasValue(2);
        }
    }

    @Test
    @DisplayName("redirects are followed, each checked anew; five at most")
    void redirects() throws Exception {
        server.redirect("/once", "/file.csv");
        server.redirect("/inside", "http://127.0.0.2:1/");
        server.redirect("/scheme", "file:///etc/passwd");
        server.redirect("/loop", "/loop");
        assertThat(fetch(client(InetAddress::getAllByName, "127.0.0.1"), server.url("/once")))
                .isEqualTo("1,a\n");
        for (String path : List.of("/inside", "/scheme", "/loop")) {
            assertThatThrownBy(() -> fetch(client(InetAddress::getAllByName, "127.0.0.1"), server.url(path)))
                    .isInstanceOf(RefusedAddressException.class);
        }
        assertThat(server.asked("/loop")).isEqualTo(6);
    }

    @Test
    @DisplayName("what the server refuses for good is told from what may pass")
    void statuses() {
        server.status("/gone", 403);
        server.status("/busy", 503);
        assertThatThrownBy(() -> fetch(client(InetAddress::getAllByName, "127.0.0.1"), server.url("/gone?sig=secret")))
                .isInstanceOf(JobFailedException.class)
                .hasMessage("The URL answered 403");
        assertThatThrownBy(() -> fetch(client(InetAddress::getAllByName, "127.0.0.1"), server.url("/busy")))
                .isInstanceOf(UncheckedIOException.class);
    }

    @Test
    @DisplayName("a URL's query, which may hold a key, is not in its text")
    void query() {
        assertThat(RemoteAddress.parse("https://a.example/b.csv?sig=secret")).hasToString("https://a.example/b.csv");
    }
}
