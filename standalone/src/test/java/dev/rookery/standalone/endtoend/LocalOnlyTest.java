package dev.rookery.standalone.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.standalone.StandalonePlatform;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

@DisplayName("What exists on one machine only")
class LocalOnlyTest {
    private final StandalonePlatform platform = StandalonePlatform.shared();

    @Test
    @DisplayName("client-contract 4: /tokens has exactly three tokens, and each of them works")
    void tokens() {
        JsonNode tokens = Http.get(platform.api(), "/tokens", "none").json();

        assertThat(tokens.propertyNames())
                .containsExactlyInAnyOrder("user_token", "admin_token", "workspace_admin_token");
        for (String name : List.of("admin_token", "workspace_admin_token")) {
            JsonNode workspace = Http.get(
                            platform.api(), "/v1/workspace", tokens.path(name).asString())
                    .json();
            assertThat(workspace.path("name").asString()).as(name).isEqualTo("Tinybird_Local_Testing");
        }
        assertThat(Http.get(platform.api(), "/v1/user/workspaces", platform.userToken())
                        .status())
                .isEqualTo(200);
    }

    @Test
    @DisplayName("client-contract 4: /tokens answers no page that calls this machine by another name")
    void otherName() throws IOException {
        assertThat(statusLine("localhost")).contains(" 200");
        assertThat(statusLine("tokens.example.com")).contains(" 403");
    }

    private String statusLine(String host) throws IOException {
        URI api = platform.api();
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), api.getPort())) {
            String request = "GET /tokens HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n".formatted(host);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return answer.lines().findFirst().orElse("");
        }
    }

    @Test
    @DisplayName("both ports are open on loopback only")
    void loopbackOnly() throws IOException {
        List<InetAddress> others = NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
                .toList();
        for (URI url : List.of(platform.api(), platform.clickHouseInterface())) {
            new Socket(InetAddress.getLoopbackAddress(), url.getPort()).close();
            for (InetAddress address : others) {
                assertThatThrownBy(() -> connect(address, url.getPort()))
                        .as(address + ":" + url.getPort())
                        .isInstanceOf(ConnectException.class);
            }
        }
    }

    private static void connect(InetAddress address, int port) throws IOException {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, port), 2000);
        }
    }

    @Test
    @DisplayName("the API's documentation is served, as a page and as a document")
    void docs() {
        Reply document = Http.get(platform.api(), "/docs/openapi.json", "none");
        assertThat(document.status()).isEqualTo(200);
        assertThat(document.json().path("paths").propertyNames())
                .contains("/v0/events", "/v0/sql", "/v1/deploy", "/v1/deployments/{number}/set-live");
        assertThat(Http.get(platform.api(), "/docs", "none").status()).isIn(200, 302);
        assertThat(Http.get(platform.api(), "/", "none").status()).isEqualTo(200);
    }
}
