package dev.rookery.standalone.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.catalog.tokens.TokenStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Errors look the same, whichever service makes them (client-contract.md 1). */
interface ErrorTests {
    Platform platform();

    private static void assertError(Reply reply, int status) {
        assertThat(reply.status()).as(reply.toString()).isEqualTo(status);
        assertThat(reply.header("Content-Type")).startsWith("application/json");
        assertThat(reply.error()).isNotBlank();
        assertThat(reply.body()).doesNotContain("Exception", "\tat ", "<html", "timestamp");
    }

    @Test
    @DisplayName("rule 7: an unknown route is 404, with or without a token")
    default void unknownRoute() {
        for (String path : List.of("/nothing", "/v0/nothing", "/v1/nothing", "/v0/events/nothing", "/v0/sql/nothing")) {
            assertError(Http.get(platform().api(), path, platform().userToken()), 404);
        }
        assertError(Http.get(platform().api(), "/nothing", "none"), 404);
    }

    @Test
    @DisplayName("rule 7: the wrong method is 405 and says in Allow what there is")
    default void wrongMethod() {
        String token = TestWorkspace.create(platform()).token();
        Map.of(
                        "/v0/events", "POST",
                        "/v0/sql", "GET",
                        "/v1/deploy", "POST",
                        "/v1/build", "POST",
                        "/v0/pipes/x.json", "GET",
                        "/v0/health", "GET")
                .forEach((path, allowed) -> {
                    Reply reply = Http.method("PATCH", platform().api(), path, token);
                    assertError(reply, 405);
                    assertThat(Arrays.asList(reply.header("Allow").split(", *")))
                            .as(path)
                            .contains(allowed);
                });
    }

    @Test
    @DisplayName("rule 8: no token, a wrong one and a forged one are 403")
    default void forbidden() {
        for (String path : List.of("/v1/workspace", "/v0/sql?q=SELECT+1", "/v0/pipes/x.json", "/v1/deployments")) {
            for (String token : List.of("none", "p.eyJ1IjoieCJ9.c2lnbmVk", "a.b.c")) {
                assertError(Http.get(platform().api(), path, token), 403);
            }
        }
        assertError(Http.post(platform().api(), "/v0/events?name=orders", "none", "{}"), 403);
        String nobodys = TestWorkspace.create(platform()).token(TokenStore.WORKSPACE_ADMIN_NAME);
        assertError(Http.get(platform().api(), "/v1/user/workspaces", nobodys), 403);
    }

    @Test
    @DisplayName("rule 7: a malformed multipart body is 400")
    default void malformedMultipart() {
        String token = TestWorkspace.create(platform()).token();
        for (String path : List.of("/v1/deploy", "/v1/build")) {
            assertError(
                    Http.send(Http.multipart(Http.request(platform().api(), path, token))
                            .POST(BodyPublishers.ofString("this is no multipart body"))),
                    400);
            assertError(
                    Http.send(Http.request(platform().api(), path, token)
                            .header("Content-Type", "multipart/form-data")
                            .POST(BodyPublishers.ofString("--x\r\n"))),
                    400);
            assertError(Http.post(platform().api(), path, token, "{}"), 400);
        }
    }

    @Test
    @DisplayName("rule 7: a body that is too large is 413 at every service")
    default void tooLarge() {
        TestWorkspace workspace = TestWorkspace.withShop(platform());

        assertError(workspace.upload("/v1/deploy", Map.of("endpoints/x.pipe", "#".repeat(11 << 20))), 413);
        assertError(workspace.post("/v0/sql", "SELECT 1 --" + "x".repeat(2 << 20)), 413);
        assertError(
                Http.send(Http.request(platform().api(), "/v0/events?name=orders", workspace.token())
                        .header("Content-Encoding", "gzip")
                        .POST(BodyPublishers.ofByteArray(compressedSpaces(101 << 20)))),
                413);
        assertThat(workspace.get("/v0/pipes/top_products.json").status()).isEqualTo(200);
    }

    private static byte[] compressedSpaces(int length) {
        var bytes = new ByteArrayOutputStream();
        byte[] spaces = " ".repeat(1 << 20).getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        try (var gzip = new GZIPOutputStream(bytes)) {
            for (int written = 0; written < length; written += spaces.length) {
                gzip.write(spaces);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    @Test
    @DisplayName("a query that is wrong is 400 in the client's words, without names of ours")
    default void wrongQuery() {
        TestWorkspace workspace = TestWorkspace.withShop(platform());
        for (String sql : List.of("SELEC 1", "SELECT nothing FROM orders", "SELECT 1 FROM", "DROP TABLE orders", "")) {
            Reply reply = workspace.sql(sql);
            assertError(reply, 400);
            assertThat(reply.body()).doesNotContain("ws_");
        }
    }

    @Test
    @DisplayName("rule 13: browsers may ask from any page")
    default void crossOrigin() {
        for (String path : List.of("/v0/events", "/v0/sql", "/v0/pipes/x.json", "/v1/workspace")) {
            Reply reply = Http.send(Http.request(platform().api(), path, "none")
                    .header("Origin", "https://example.com")
                    .header("Access-Control-Request-Method", "POST")
                    .header("Access-Control-Request-Headers", "authorization,content-type")
                    .method("OPTIONS", BodyPublishers.noBody()));
            assertThat(reply.status()).as(path).isEqualTo(200);
            assertThat(reply.header("Access-Control-Allow-Origin")).as(path).isEqualTo("*");
        }
    }
}
