package dev.rookery.access.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.access.AccessConfiguration;
import dev.rookery.access.Caller;
import dev.rookery.access.TokenSecurity;
import dev.rookery.access.web.RawHttp.Answer;
import dev.rookery.catalog.CatalogConfiguration;
import dev.rookery.catalog.CatalogException;
import dev.rookery.catalog.CatalogException.Kind;
import dev.rookery.catalog.UserId;
import dev.rookery.catalog.changes.ChangeLog;
import dev.rookery.catalog.tokens.TokenOrigin;
import dev.rookery.catalog.tokens.TokenStore;
import dev.rookery.engines.testing.TestEngines;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

@DisplayName("How every API speaks HTTP (client-contract.md 1)")
class HttpConventionsTest {
    private static final String SECRET_DETAIL = "jdbc:postgresql://internal-host/password";

    private static @Nullable ServletWebServerApplicationContext context;
    private static RawHttp http = new RawHttp(0);
    private static String token = "";

    /** Routes with nothing behind them. */
    @RestController
    static class Routes {
        record Thing(String name, int count) {}

        @GetMapping("/v9/things")
        Map<String, String> things(@AuthenticationPrincipal Caller caller) {
            return Map.of("user", caller.user().map(UserId::toString).orElse(""));
        }

        @PostMapping("/v9/things")
        Map<String, String> create(@RequestBody Thing thing) {
            return Map.of("name", thing.name());
        }

        @GetMapping("/v9/numbers/{n}")
        int number(@PathVariable int n, @RequestParam int m) {
            return n + m;
        }

        @PostMapping("/v9/form")
        Map<String, List<String>> form(HttpServletRequest request) {
            return Map.of("name", ClientParameters.of(request).all("name"));
        }

        @PostMapping("/v9/upload")
        long upload(@RequestParam MultipartFile file) {
            return file.getSize();
        }

        @GetMapping("/v9/fail")
        void fail() {
            throw new IllegalStateException(SECRET_DETAIL);
        }

        @GetMapping("/v9/refuse/{kind}")
        void refuse(@PathVariable Kind kind) {
            throw new CatalogException(kind, "words for the client", new IllegalStateException(SECRET_DETAIL));
        }

        @GetMapping("/open")
        String open() {
            return "hello";
        }
    }

    @SpringBootConfiguration
    @EnableAutoConfiguration
    @Import({CatalogConfiguration.class, AccessConfiguration.class, Routes.class})
    static class Application {
        @Bean
        @Order(1)
        SecurityFilterChain chain(HttpSecurity http, TokenSecurity security) throws Exception {
            return security.withToken(http, "/v9/**");
        }
    }

    @BeforeAll
    static void start() {
        var database = TestEngines.newDatabase();
        String user = database.credentials().user();
        String password = database.credentials().password();
        Flyway.configure()
                .dataSource(database.jdbcUrl(), user, password)
                .locations("classpath:db/migrations/postgres")
                .load()
                .migrate();
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        var started = (ServletWebServerApplicationContext) new SpringApplicationBuilder(Application.class)
                .run(
                        "--server.port=0",
                        "--spring.datasource.url=" + database.jdbcUrl(),
                        "--spring.datasource.username=" + user,
                        "--spring.datasource.password=" + password,
                        "--spring.jpa.open-in-view=false",
                        "--spring.servlet.multipart.max-file-size=100KB",
                        "--spring.servlet.multipart.max-request-size=200KB",
                        "--rookery.catalog.changes.poll-every=20ms",
                        "--rookery.keys.current=k",
                        "--rookery.keys.master.k=" + Base64.getEncoder().encodeToString(key));
        context = started;
        http = new RawHttp(Objects.requireNonNull(started.getWebServer()).getPort());
        var owner = new UserId(UUID.randomUUID());
        started.getBean(JdbcClient.class)
                .sql("insert into users (id, email) values (?, 'ada@example.com')")
                .param(owner.value())
                .update();
        TokenStore tokens = started.getBean(TokenStore.class);
        token = tokens.text(started.getBean(ChangeLog.class)
                .commitAndAwait(() -> tokens.create(null, owner, "user token", "", TokenOrigin.BUILTIN, List.of())));
    }

    @AfterAll
    static void stop() {
        if (context != null) {
            context.close();
        }
    }

    private static String bearer() {
        return "Authorization: Bearer " + token;
    }

    /** Rule 7: JSON with a string {@code error}, and nothing of what is inside. */
    private static void assertError(Answer answer, int status) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.header("Content-Type").orElse("")).startsWith("application/json");
        assertThat(answer.json().path("error").asString()).isNotBlank();
        assertThat(answer.body())
                .doesNotContain(SECRET_DETAIL, "Exception", "org.springframework", "<html", "timestamp", "\tat ");
    }

    @Nested
    @DisplayName("Tokens")
    class Tokens {
        @Test
        @DisplayName("Rule 1, TOK-2: in a Bearer header or the query, with any case and empty parts")
        void accepted() throws IOException {
            assertThat(http.get("/v9/things", bearer()).status()).isEqualTo(200);
            assertThat(http.get("/v9/things", "authorization: bearer  " + token).status())
                    .isEqualTo(200);
            assertThat(http.get("/v9/things?&token=" + token).status()).isEqualTo(200);
            assertThat(http.get("/v9/things?a=b&token=" + token, "Authorization: Basic eDp5")
                            .status())
                    .isEqualTo(200);
        }

        @ParameterizedTest(name = "{0}")
        @ValueSource(
                strings = {
                    "X: y",
                    "Authorization: Bearer",
                    "Authorization: Bearer wrong",
                    "Authorization: Basic eDp5",
                    "Authorization: Bearer p.eyJ1IjogIjEifQ.AAAA",
                    "Cookie: token=x"
                })
        @DisplayName("Rule 8, JWT-19: without a good token 403, never 401, and no invitation to log in")
        void refused(String header) throws IOException {
            Answer answer = http.get("/v9/things", header);
            assertError(answer, 403);
            assertThat(answer.header("WWW-Authenticate")).isEmpty();
            assertThat(answer.header("Set-Cookie")).isEmpty();
        }

        @Test
        @DisplayName("The token is asked for before anything else, also for routes that are not there")
        void first() throws IOException {
            assertError(http.get("/v9/nothing"), 403);
            assertError(http.send("POST", "/v9/things", "{"), 403);
            assertError(http.get("/v9/things/"), 403);
        }

        @Test
        @DisplayName("A broken query is the client's fault")
        void brokenQuery() throws IOException {
            assertError(http.get("/v9/things?token=%zz"), 400);
        }
    }

    @Nested
    @DisplayName("Routes")
    class Routing {
        @Test
        @DisplayName("An unknown route is 404, with and without token, and names the route")
        void unknown() throws IOException {
            assertError(http.get("/v9/nothing", bearer()), 404);
            Answer answer = http.get("/nothing/here");
            assertError(answer, 404);
            assertThat(answer.json().path("error").asString()).contains("GET /nothing/here");
            assertError(http.get("/error"), 404);
        }

        @Test
        @DisplayName("A wrong method is 405 with Allow")
        void wrongMethod() throws IOException {
            Answer answer = http.send("DELETE", "/v9/things", "", bearer());
            assertError(answer, 405);
            assertThat(answer.header("Allow").orElse("")).contains("GET", "POST");
            assertError(http.send("PATCH", "/open", ""), 405);
            assertError(http.send("BREW", "/v9/things", "", bearer()), 400);
        }

        @Test
        @DisplayName("Rule 4: a trailing slash names the same route")
        void trailingSlash() throws IOException {
            assertThat(http.get("/v9/things/", bearer()).status()).isEqualTo(200);
            assertThat(http.get("/v9/things/?x=1&token=" + token).status()).isEqualTo(200);
            assertThat(http.get("/open/").body()).isEqualTo("hello");
            assertThat(http.send("POST", "/v9/form/", "name=a", bearer()).body())
                    .isEqualTo("{\"name\":[\"a\"]}");
        }

        @Test
        @DisplayName("Rule 5: a form without Content-Type, or with a wrong one, is read")
        void form() throws IOException {
            for (String type : List.of("X: y", "Content-Type: application/json", "Content-Type: nonsense")) {
                assertThat(http.send("POST", "/v9/form?name=q", "name=a+b", bearer(), type)
                                .body())
                        .as(type)
                        .isEqualTo("{\"name\":[\"q\",\"a b\"]}");
            }
        }
    }

    @Nested
    @DisplayName("CORS (rule 13)")
    class Cors {
        @Test
        @DisplayName("A preflight succeeds from any page, without a token, for routes that need one")
        void preflight() throws IOException {
            Answer answer = http.send(
                    "OPTIONS",
                    "/v9/things",
                    "",
                    "Origin: https://example.com",
                    "Access-Control-Request-Method: POST",
                    "Access-Control-Request-Headers: authorization,content-type");
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.header("Access-Control-Allow-Origin")).contains("*");
            assertThat(answer.header("Access-Control-Allow-Headers").orElse(""))
                    .containsIgnoringCase("authorization")
                    .containsIgnoringCase("content-type");
            assertThat(answer.header("Access-Control-Allow-Methods").orElse("")).contains("POST");
        }

        @Test
        @DisplayName("Answers and refusals can be read by the page, and carry no credentials")
        void answers() throws IOException {
            for (String authorization : List.of(bearer(), "Authorization: Bearer wrong")) {
                Answer answer = http.get("/v9/things", authorization, "Origin: https://example.com");
                assertThat(answer.header("Access-Control-Allow-Origin")).contains("*");
                assertThat(answer.header("Access-Control-Allow-Credentials")).isEmpty();
            }
        }
    }

    @Nested
    @DisplayName("Bad requests")
    class Bad {
        private static final String MULTIPART = "Content-Type: multipart/form-data; boundary=b";

        @ParameterizedTest(name = "{0}")
        @ValueSource(
                strings = {
                    "garbage",
                    "--b\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\ncut",
                    "--c\r\n\r\n--c--"
                })
        @DisplayName("Malformed multipart is 400")
        void malformedMultipart(String body) throws IOException {
            assertError(http.send("POST", "/v9/upload", body, bearer(), MULTIPART), 400);
        }

        @Test
        @DisplayName("Multipart without a boundary, or where none belongs, is 4xx")
        void noBoundary() throws IOException {
            assertError(http.send("POST", "/v9/upload", "x", bearer(), "Content-Type: multipart/form-data"), 400);
            assertThat(http.send("POST", "/v9/upload", "x", bearer(), "Content-Type: text/plain")
                            .status())
                    .isBetween(400, 499);
        }

        @ParameterizedTest(name = "{0} bytes")
        @ValueSource(ints = {150_000, 400_000})
        @DisplayName("A part or a body above the limit is 413")
        void tooLarge(int size) throws IOException {
            String body = "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"f\"\r\n\r\n"
                    + "x".repeat(size) + "\r\n--b--\r\n";
            assertError(http.send("POST", "/v9/upload", body, bearer(), MULTIPART), 413);
        }

        @Test
        @DisplayName("Values that are not what the route takes are 400")
        void values() throws IOException {
            assertError(http.get("/v9/numbers/x?m=1", bearer()), 400);
            assertError(http.get("/v9/numbers/1?m=x", bearer()), 400);
            assertError(http.get("/v9/numbers/1", bearer()), 400);
            assertThat(http.get("/v9/numbers/1?m=2", bearer()).body()).isEqualTo("3");
        }

        @ParameterizedTest(name = "{0}")
        @ValueSource(strings = {"{", "", "[]", "{\"name\": {}}", "{\"name\": \"a\", \"count\": \"many\"}", "null"})
        @DisplayName("A body that is not the JSON the route takes is 400")
        void json(String body) throws IOException {
            assertError(http.send("POST", "/v9/things", body, bearer(), "Content-Type: application/json"), 400);
        }

        @Test
        @DisplayName("A body of a type the route does not take is 415, an answer it does not give 406")
        void types() throws IOException {
            assertError(http.send("POST", "/v9/things", "<a/>", bearer(), "Content-Type: application/xml"), 415);
            assertError(http.get("/v9/things", bearer(), "Accept: image/png"), 406);
        }

        @ParameterizedTest(name = "{0}")
        @ValueSource(strings = {"/v9//things", "/v9/things;a=b", "/v9/%2e%2e/x", "/v9/a%2Fb", "/v9/%00", "/%"})
        @DisplayName("Paths that are no paths are 4xx")
        void paths(String path) throws IOException {
            Answer answer = http.get(path, bearer());
            assertThat(answer.status()).isBetween(400, 499);
            assertError(answer, answer.status());
        }
    }

    @Nested
    @DisplayName("Failures on our side")
    class Failures {
        @Test
        @DisplayName("An exception never shows its message")
        void exception() throws IOException {
            assertError(http.get("/v9/fail", bearer()), 500);
        }

        @ParameterizedTest(name = "{0}: {1}")
        @CsvSource({"NOT_FOUND, 404", "CONFLICT, 409", "INVALID, 400", "UNAVAILABLE, 503"})
        @DisplayName("The catalog's refusals keep their words and get their status; causes stay inside")
        void catalog(Kind kind, int status) throws IOException {
            Answer answer = http.get("/v9/refuse/" + kind, bearer());
            assertError(answer, status);
            assertThat(answer.json().path("error").asString()).isEqualTo("words for the client");
        }
    }

    @Nested
    @DisplayName("What reaches no servlet")
    class Garbage {
        @ParameterizedTest(name = "{0}")
        @ValueSource(
                strings = {
                    "GARBAGE\r\n\r\n",
                    "GET /v9/<things> HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
                    "GET / HTTP/9.9\r\nHost: x\r\n\r\n",
                    "GET / HTTP/1.1\r\nConnection: close\r\n\r\n",
                    "GET / HTTP/1.1\r\nHost: a b\r\nConnection: close\r\n\r\n",
                    "G\u0000T / HTTP/1.1\r\nHost: x\r\n\r\n",
                    "POST /open HTTP/1.1\r\nHost: x\r\nContent-Length: x\r\n\r\n"
                })
        @DisplayName("A request that cannot be read is answered in JSON as well")
        void unreadable(String text) throws IOException {
            Answer answer = http.raw(text);
            assertThat(answer.status()).isBetween(400, 599);
            assertError(answer, answer.status());
        }

        @Test
        @DisplayName("Headers without end are refused in JSON")
        void hugeHeader() throws IOException {
            Answer answer = http.get("/open", "X-Huge: " + "x".repeat(9_000));
            assertThat(answer.status()).isBetween(400, 431);
            assertError(answer, answer.status());
        }

        @Test
        @DisplayName("A broken chunked body is the client's fault, not ours")
        void brokenChunks() throws IOException {
            Answer answer = http.raw("POST /v9/form HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + bearer()
                    + "\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n0\r\n\r\n");
            assertError(answer, 400);
        }
    }
}
