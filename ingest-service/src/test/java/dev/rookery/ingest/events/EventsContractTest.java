package dev.rookery.ingest.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.luben.zstd.Zstd;
import dev.rookery.ingest.testing.EventsClient;
import dev.rookery.ingest.testing.TestPlatform;
import dev.rookery.ingest.testing.TestService;
import dev.rookery.ingest.testing.TestWorkspace;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("POST /v0/events")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EventsContractTest {
    private static final String EVENTS = """
            SCHEMA >
                `date` Date `json:$.date`,
                `city` String `json:$.city`,
                `n` UInt32 `json:$.n` DEFAULT 7

            ENGINE "MergeTree"
            ENGINE_SORTING_KEY "date"
            """;
    private static final String CHICAGO = "{\"date\": \"2020-04-05\", \"city\": \"Chicago\"}";
    private static final String ONE_ROW = "{\"successful_rows\":1,\"quarantined_rows\":0}";
    private static final String TWO_ROWS = "{\"successful_rows\":2,\"quarantined_rows\":0}";
    private static final String NO_ROWS = "{\"successful_rows\":0,\"quarantined_rows\":0}";

    private final TestPlatform platform = TestPlatform.onSharedEngines();
    private final TestWorkspace workspace = platform.newWorkspace();
    private TestService service;
    private EventsClient client;

    EventsContractTest() {
        Map<String, String> sources = new HashMap<>();
        for (String name :
                new String[] {"waited", "gzipped", "zstandard", "pretty", "arrays", "by_id", "form", "quiet"}) {
            sources.put(name, EVENTS);
        }
        for (String name : new String[] {"bad_rows", "limited", "unlimited", "refused", "large"}) {
            sources.put(name, EVENTS);
        }
        sources.put("moments", """
                SCHEMA >
                    `id` UInt32 `json:$.id`,
                    `seen` DateTime64(3) DEFAULT now64(3),
                    `day` Date DEFAULT today(),
                    `key` UUID DEFAULT generateUUIDv4(),
                    `twice` UInt64 MATERIALIZED id * 2,
                    `hour` DateTime DEFAULT toStartOfHour(seen)
                """);
        sources.put("by_name", """
                SCHEMA >
                    `id` UInt32,
                    `word` String DEFAULT 'none'
                """);
        sources.put("states", """
                SCHEMA >
                    `id` UInt32,
                    `state` AggregateFunction(uniq, String)
                """);
        workspace.deploy(sources);
        service = TestService.start(platform, "--rookery.ingest.events.max-body=1MB");
        client = service.client(workspace.adminToken());
    }

    @BeforeAll
    void warmUp() throws Exception {
        // The writer's first group takes a few seconds to form; the tests below do not measure it.
        await().atMost(Duration.ofSeconds(60))
                .until(() -> client.post("name=waited&wait=true", CHICAGO).statusCode() == 200);
    }

    @AfterAll
    void stop() {
        client.close();
        service.close();
    }

    private String stored(String source, String columns) {
        return workspace
                .clickHouse()
                .execute("SELECT %s FROM %s ORDER BY ALL FORMAT TSV"
                        .formatted(columns, workspace.tables(source).getFirst()));
    }

    private static byte[] gzip(String text) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    @Nested
    @DisplayName("200")
    class Returns200 {
        @Test
        @DisplayName("EV-3, EV-8: with wait=true the rows are in ClickHouse when it is answered")
        void waits() throws Exception {
            long before =
                    workspace.clickHouse().count(workspace.tables("waited").getFirst());

            var response = client.post("name=waited&wait=true", CHICAGO + "\n" + CHICAGO);

            assertThat(response.body()).isEqualTo(TWO_ROWS);
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
            assertThat(workspace.clickHouse().count(workspace.tables("waited").getFirst()))
                    .isEqualTo(before + 2);
        }

        @Test
        @DisplayName("EV-14: a gzip body")
        void gzip() throws Exception {
            var response = client.send(client.request("name=gzipped&wait=true")
                    .header("Content-Encoding", "gzip")
                    .POST(BodyPublishers.ofByteArray(EventsContractTest.gzip(CHICAGO + "\n"))));

            assertThat(response.body()).isEqualTo(ONE_ROW);
            assertThat(stored("gzipped", "date, city, n")).isEqualTo("2020-04-05\tChicago\t7");
        }

        @Test
        @DisplayName("client-contract 9: a zstd body")
        void zstandard() throws Exception {
            var response = client.send(client.request("name=zstandard&wait=true")
                    .header("Content-Encoding", "zstd")
                    .POST(BodyPublishers.ofByteArray(Zstd.compress(CHICAGO.getBytes(StandardCharsets.UTF_8)))));

            assertThat(response.body()).isEqualTo(ONE_ROW);
            assertThat(stored("zstandard", "city")).isEqualTo("Chicago");
        }

        @Test
        @DisplayName("EV-10: format=json takes one object over several lines")
        void pretty() throws Exception {
            var response = client.post("name=pretty&format=json&wait=true", """
                    {
                      "date": "2021-01-01",
                      "city": "Oslo",
                      "n": 1
                    }""");

            assertThat(response.body()).isEqualTo(ONE_ROW);
            assertThat(stored("pretty", "date, city, n")).isEqualTo("2021-01-01\tOslo\t1");
        }

        @Test
        @DisplayName("client-contract 9: format=json takes an array of objects")
        void array() throws Exception {
            var response = client.post("name=arrays&format=json&wait=true", "[" + CHICAGO + ",\n" + CHICAGO + "]");

            assertThat(response.body()).isEqualTo(TWO_ROWS);
        }

        @Test
        @DisplayName("EV-2: the data source by its id")
        void byId() throws Exception {
            var response = client.post("wait=true&name=" + workspace.resourceId("by_id"), CHICAGO);

            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(stored("by_id", "city")).isEqualTo("Chicago");
        }

        @Test
        @DisplayName("EV-5, EV-15: the token in the query, and a body that claims to be a form")
        void form() throws Exception {
            var response =
                    client.send(client.anonymous("/v0/events?name=form&wait=true&token=" + workspace.adminToken())
                            .header("Content-Type", "application/x-www-form-urlencoded")
                            .POST(BodyPublishers.ofString(CHICAGO)));

            assertThat(response.body()).isEqualTo(ONE_ROW);
            assertThat(stored("form", "city")).isEqualTo("Chicago");
        }

        @Test
        @DisplayName("POLAR: an empty body has no rows and nothing to wait for")
        void empty() throws Exception {
            var response = client.post("name=quiet&wait=true", "");

            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.body()).isEqualTo(NO_ROWS);
        }

        @Test
        @DisplayName("QU-2, QU-4, QU-7: rows that do not fit are kept with the reason, the others stored")
        void quarantine() throws Exception {
            var response =
                    client.post("name=bad_rows&wait=true", CHICAGO + "\n{\"date\":\"x\",\"city\":\"Rome\"}\nnot json");

            assertThat(response.body()).isEqualTo("{\"successful_rows\":1,\"quarantined_rows\":2}");
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(stored("bad_rows", "city")).isEqualTo("Chicago");
            String table = workspace.quarantines("bad_rows").getFirst();
            assertThat(workspace
                            .clickHouse()
                            .execute(
                                    "SELECT date, city, c__error_column, c__error[1] FROM %s WHERE city = 'Rome' FORMAT TSV"
                                            .formatted(table)))
                    .isEqualTo("x\tRome\t['date']\tvalue \\'x\\' on column \\'date\\' is not Date");
            assertThat(workspace.clickHouse().count(table)).isEqualTo(2);
            assertThat(client.post("name=bad_rows&wait=true", "{}").body())
                    .isEqualTo("{\"successful_rows\":0,\"quarantined_rows\":1}");
            assertThat(workspace.clickHouse().count(table)).isEqualTo(3);
        }

        @Test
        @DisplayName("JP-14, JP-16: defaults that depend on the moment are those of the acceptance")
        void moments() throws Exception {
            Instant before = Instant.now();
            var response = client.post("name=moments&wait=true", "{\"id\":1}\n{\"id\":2}");
            Instant after = Instant.now();

            assertThat(response.body()).isEqualTo(TWO_ROWS);
            String[] seen = stored("moments", "toUnixTimestamp64Milli(seen)").split("\n", -1);
            assertThat(seen).hasSize(2);
            assertThat(Long.parseLong(seen[0])).isBetween(before.toEpochMilli() - 1, after.toEpochMilli());
            assertThat(seen[0]).as("one moment for the whole request").isEqualTo(seen[1]);
            assertThat(stored("moments", "uniqExact(key), sum(twice), countIf(hour = toStartOfHour(seen))"))
                    .isEqualTo("2\t6\t2");
        }

        @Test
        @DisplayName("JP-16: a schema without a single path takes the columns' names")
        void byName() throws Exception {
            assertThat(client.post("name=by_name&wait=true", "{\"id\":4}").body())
                    .isEqualTo(ONE_ROW);
            assertThat(stored("by_name", "id, word")).isEqualTo("4\tnone");
        }
    }

    @Nested
    @DisplayName("202")
    class Returns202 {
        @ParameterizedTest
        @ValueSource(strings = {"name=quiet", "name=quiet&wait=false", "&name=quiet&from=ts-sdk&mode=append"})
        @DisplayName("EV-7: without wait, with exact counts; unknown parameters are ignored")
        void accepts(String query) throws Exception {
            var response = client.post(query, CHICAGO);

            assertThat(response.statusCode()).isEqualTo(202);
            assertThat(response.body()).isEqualTo(ONE_ROW);
        }

        @Test
        @DisplayName("client-contract 1, rule 4: a trailing slash")
        void slash() throws Exception {
            var response = client.send(client.anonymous("/v0/events/?name=quiet&token=" + workspace.adminToken())
                    .POST(BodyPublishers.ofString("")));

            assertThat(response.statusCode()).isEqualTo(202);
            assertThat(response.body()).isEqualTo(NO_ROWS);
        }

        @Test
        @DisplayName("EV-18: the rate limit's headers as whole numbers, without Retry-After")
        void rateHeaders() throws Exception {
            var headers = client.post("name=unlimited", CHICAGO).headers();

            assertThat(headers.firstValue("X-RateLimit-Limit")).hasValue("100");
            assertThat(headers.firstValue("X-RateLimit-Remaining").orElse("")).matches("\\d+");
            assertThat(headers.firstValue("X-RateLimit-Reset").orElse("")).matches("\\d+");
            assertThat(headers.firstValue("Retry-After")).isEmpty();
        }

        @Test
        @DisplayName("EV-11: x-vercel-verify comes back as a header")
        void vercel() throws Exception {
            var response = client.post("name=quiet&x-vercel-verify=abc123", CHICAGO);

            assertThat(response.headers().firstValue("x-vercel-verify")).hasValue("abc123");
        }

        @Test
        @DisplayName("EV-6: a token that may append to this data source alone")
        void scoped() throws Exception {
            String token = workspace.token("append", "DATASOURCES:APPEND:quiet");
            try (var scoped = client.as(token)) {
                assertThat(scoped.post("name=quiet", CHICAGO).statusCode()).isEqualTo(202);
                assertThat(scoped.post("name=waited", CHICAGO).statusCode()).isEqualTo(403);
            }
        }
    }

    @Nested
    @DisplayName("400")
    class Returns400 {
        @ParameterizedTest
        @ValueSource(strings = {"", "name=", "wait=true"})
        @DisplayName("EV-2: the name is missing")
        void noName(String query) throws Exception {
            var response = client.post(query, CHICAGO);

            assertThat(response.statusCode()).isEqualTo(400);
            assertThat(response.body()).startsWith("{\"error\":\"The parameter 'name' is missing");
        }

        @ParameterizedTest
        @ValueSource(strings = {"format=csv", "__tb__min_deployment=five"})
        @DisplayName("a parameter that cannot be understood")
        void badParameter(String parameter) throws Exception {
            var response = client.post("name=refused&" + parameter, CHICAGO);

            assertThat(response.statusCode()).isEqualTo(400);
            assertThat(response.body()).startsWith("{\"error\":");
        }

        @ParameterizedTest
        @ValueSource(strings = {"gzip", "zstd"})
        @DisplayName("a body that is not compressed as it says; nothing of it is stored")
        void damaged(String encoding) throws Exception {
            var response = client.send(client.request("name=refused")
                    .header("Content-Encoding", encoding)
                    .POST(BodyPublishers.ofString(CHICAGO)));

            assertThat(response.statusCode()).isEqualTo(400);
            assertThat(response.body()).contains("not compressed as its header says");
        }

        @Test
        @DisplayName("a body whose compression breaks off; nothing of it is stored")
        void cutOff() throws Exception {
            byte[] whole = EventsContractTest.gzip((CHICAGO + "\n").repeat(5_000));
            byte[] cut = java.util.Arrays.copyOf(whole, whole.length - 20);
            var response = client.send(client.request("name=refused")
                    .header("Content-Encoding", "gzip")
                    .POST(BodyPublishers.ofByteArray(cut)));

            assertThat(response.statusCode()).isEqualTo(400);
            assertThat(client.post("name=quiet&wait=true", CHICAGO).statusCode())
                    .isEqualTo(200);
            assertThat(workspace.clickHouse().count(workspace.tables("refused").getFirst()))
                    .isZero();
        }

        @Test
        @DisplayName("a data source that JSON cannot fill")
        void states() throws Exception {
            var response = client.post("name=states", "{\"id\":1}");

            assertThat(response.statusCode()).isEqualTo(400);
            assertThat(response.body()).contains("The data source 'states' cannot receive events: Column 'state'");
        }
    }

    @Nested
    @DisplayName("403")
    class Returns403 {
        @Test
        @DisplayName("no token, or one that is unknown")
        void noToken() throws Exception {
            assertThat(client.send(client.anonymous("/v0/events?name=quiet").POST(BodyPublishers.ofString(CHICAGO)))
                            .statusCode())
                    .isEqualTo(403);
            try (var stranger = client.as("p.eyJ1IjoiIn0.nothing")) {
                var response = stranger.post("name=quiet", CHICAGO);
                assertThat(response.statusCode()).isEqualTo(403);
                assertThat(response.body()).startsWith("{\"error\":");
            }
        }

        @Test
        @DisplayName("a token without the scope, which does not even learn what exists")
        void noScope() throws Exception {
            String token = workspace.token("reader", "DATASOURCES:READ:quiet");
            try (var reader = client.as(token)) {
                assertThat(reader.post("name=quiet", CHICAGO).statusCode()).isEqualTo(403);
                assertThat(reader.post("name=nowhere", CHICAGO).statusCode()).isEqualTo(403);
            }
        }
    }

    @Nested
    @DisplayName("404")
    class Returns404 {
        @Test
        @DisplayName("a data source that is not there")
        void unknown() throws Exception {
            var response = client.post("name=nowhere", CHICAGO);

            assertThat(response.statusCode()).isEqualTo(404);
            assertThat(response.body()).isEqualTo("{\"error\":\"Data Source \\\"nowhere\\\" does not exist\"}");
        }

        @Test
        @DisplayName("EV-12: a deployment that is not there yet")
        void unknownDeployment() throws Exception {
            assertThat(client.post("name=quiet&__tb__min_deployment=77", CHICAGO)
                            .statusCode())
                    .isEqualTo(404);
        }
    }

    @Nested
    @DisplayName("405 and OPTIONS")
    class Returns405 {
        @ParameterizedTest
        @ValueSource(strings = {"GET", "PUT", "DELETE"})
        @DisplayName("another method is told which one there is")
        void otherMethods(String method) throws Exception {
            var response = client.send(client.request("name=quiet").method(method, BodyPublishers.noBody()));

            assertThat(response.statusCode()).isEqualTo(405);
            assertThat(response.headers().firstValue("Allow")).hasValue("POST");
            assertThat(response.body()).startsWith("{\"error\":");
        }

        @Test
        @DisplayName("client-contract 1, rule 13: browsers may ask first, without a token")
        void preflight() throws Exception {
            var response = client.send(client.anonymous("/v0/events?name=quiet")
                    .header("Origin", "https://example.com")
                    .header("Access-Control-Request-Method", "POST")
                    .header("Access-Control-Request-Headers", "authorization,content-type")
                    .method("OPTIONS", BodyPublishers.noBody()));

            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.headers().firstValue("Access-Control-Allow-Origin"))
                    .hasValue("*");
        }
    }

    @Nested
    @DisplayName("413 and 415")
    class Returns413 {
        @Test
        @DisplayName("EV-17: a body that says it is too large")
        void declared() throws Exception {
            var response = client.post("name=large", "x".repeat(1_100_000));

            assertThat(response.statusCode()).isEqualTo(413);
            assertThat(response.body())
                    .isEqualTo("{\"error\":\"The request body is larger than 1 MB; send it in parts\"}");
        }

        @Test
        @DisplayName("EV-17: a body that turns out too large; nothing of it is stored")
        void decompressed() throws Exception {
            byte[] small = EventsContractTest.gzip((CHICAGO + "\n").repeat(50_000));
            assertThat(small).hasSizeLessThan(100_000);

            var response = client.send(client.request("name=large")
                    .header("Content-Encoding", "gzip")
                    .POST(BodyPublishers.ofByteArray(small)));

            assertThat(response.statusCode()).isEqualTo(413);
            assertThat(client.post("name=quiet&wait=true", CHICAGO).statusCode())
                    .isEqualTo(200);
            assertThat(workspace.clickHouse().count(workspace.tables("large").getFirst()))
                    .isZero();
        }

        @Test
        @DisplayName("a compression that is not known")
        void encoding() throws Exception {
            var response = client.send(client.request("name=large")
                    .header("Content-Encoding", "br")
                    .POST(BodyPublishers.ofString(CHICAGO)));

            assertThat(response.statusCode()).isEqualTo(415);
            assertThat(response.body()).contains("use gzip, zstd or none");
        }
    }

    @Nested
    @DisplayName("429")
    class Returns429 {
        @Test
        @DisplayName("EV-16, EV-18: more than 100 requests a second to one data source, not to its neighbour")
        void tooMany() throws Exception {
            HttpResponse<String> refused = flood();

            assertThat(refused.statusCode()).isEqualTo(429);
            assertThat(refused.headers().firstValue("Retry-After")).hasValue("1");
            assertThat(refused.headers().firstValue("X-RateLimit-Limit")).hasValue("100");
            assertThat(refused.headers().firstValue("X-RateLimit-Remaining")).hasValue("0");
            assertThat(refused.headers().firstValue("X-RateLimit-Reset")).hasValue("1");
            assertThat(refused.body()).startsWith("{\"error\":\"More than 100 requests per second");
            assertThat(client.post("name=unlimited", CHICAGO).statusCode()).isEqualTo(202);
        }

        /** Sends until something is refused; empty bodies, which are answered faster than the bucket fills. */
        private HttpResponse<String> flood() throws Exception {
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int round = 0; round < 20; round++) {
                    Callable<HttpResponse<String>> one = () -> client.post("name=limited", "");
                    for (var answer : threads.invokeAll(Collections.nCopies(200, one))) {
                        if (answer.get().statusCode() != 202) {
                            return answer.get();
                        }
                    }
                }
            }
            throw new AssertionError("4,000 requests and none refused");
        }
    }

    @Nested
    @DisplayName("__tb__min_deployment")
    class MinDeployment {
        @Test
        @DisplayName("EV-12, DEP-13, DEP-15: to the staged deployment alone, and to the same after it is live")
        void staged() throws Exception {
            TestWorkspace other = platform.newWorkspace();
            int live = other.deploy(TestWorkspace.datasource("events", EVENTS));
            int next = other.stage(TestWorkspace.datasource("events", EVENTS)).number();
            String query = "name=events&wait=true&__tb__min_deployment=";
            try (var owner = client.as(other.adminToken())) {
                assertThat(owner.post(query + live, CHICAGO).statusCode()).isEqualTo(200);
                assertThat(owner.post(query + next, CHICAGO + "\n" + CHICAGO).statusCode())
                        .isEqualTo(200);
                String before = other.tables("events").getFirst();
                String after = other.tables("events").getLast();
                assertThat(other.clickHouse().count(before)).isEqualTo(1);
                assertThat(other.clickHouse().count(after)).isEqualTo(2);

                other.promote();

                assertThat(owner.post(query + next, CHICAGO).statusCode()).isEqualTo(200);
                assertThat(owner.post(query + live, CHICAGO).statusCode()).isEqualTo(200);
                assertThat(other.clickHouse().count(before)).isEqualTo(1);
                assertThat(other.clickHouse().count(after)).isEqualTo(4);
            }
        }
    }

    @Nested
    @DisplayName("the actuator")
    class Actuator {
        @Test
        @DisplayName("says that the service is ready")
        void readiness() throws Exception {
            var response =
                    client.send(client.anonymous("/actuator/health/readiness").GET());

            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.body()).contains("UP");
        }
    }
}
