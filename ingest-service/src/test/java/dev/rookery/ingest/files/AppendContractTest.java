package dev.rookery.ingest.files;

import static dev.rookery.ingest.files.FilesClient.bytes;
import static dev.rookery.ingest.files.FilesClient.gzip;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rookery.ingest.files.FilesClient.Reply;
import dev.rookery.ingest.testing.EventsClient;
import dev.rookery.ingest.testing.TestPlatform;
import dev.rookery.ingest.testing.TestService;
import dev.rookery.ingest.testing.TestWorkspace;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@DisplayName("POST /v0/datasources with a file")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AppendContractTest {
    private static final String PEOPLE = """
            SCHEMA >
                `age` Int32 `json:$.age`,
                `name` String `json:$.person.name`,
                `profession` Nullable(String) `json:$.profession`,
                `seen` DateTime DEFAULT now()

            ENGINE "MergeTree"
            ENGINE_SORTING_KEY "name"
            """;
    private static final String ROW = "50,Mace Windu,Jedi\n";

    private final TestPlatform platform = TestPlatform.onSharedEngines();
    private final TestWorkspace workspace = platform.newWorkspace();
    private TestService service;
    private EventsClient events;
    private FilesClient client;

    AppendContractTest() {
        Map<String, String> sources = new HashMap<>();
        for (String name : new String[] {
            "warm", "parts", "bodies", "zipped", "objects", "dirty", "large", "halves", "form", "scoped", "keyed"
        }) {
            sources.put(name, PEOPLE);
        }
        workspace.deploy(sources);
        service = TestService.start(
                platform, "--rookery.ingest.files.block=64KB", "--rookery.ingest.events.hold-back=1KB");
        events = service.client(workspace.adminToken());
        client = new FilesClient(events, workspace.adminToken());
        // The quota of files would end the tests; it has one of its own.
        platform.jdbc().sql("""
                        insert into organization_limits (organization_id, name, value)
                        select organization_id, 'ingest.loads-per-minute', null from workspaces where id = :id
                        """).param("id", workspace.id().value()).update();
    }

    @BeforeAll
    void warmUp() {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> client.body("name=warm", "text/csv", bytes(ROW)).status() == 200);
    }

    @AfterAll
    void stop() {
        events.close();
        service.close();
    }

    private String stored(String source) {
        return workspace
                .clickHouse()
                .execute("SELECT age, name, profession FROM %s ORDER BY ALL FORMAT TSV"
                        .formatted(workspace.tables(source).getFirst()));
    }

    @Nested
    @DisplayName("200")
    class Returns200 {
        @Test
        @DisplayName("DS-1, DS-16: a part named csv; the rows are in ClickHouse when it is answered")
        void part() throws Exception {
            Reply reply = client.part("mode=append&name=parts&format=csv", "csv", "people.csv", bytes(ROW));

            assertThat(reply.status()).as(reply.response().body()).isEqualTo(200);
            assertThat(stored("parts")).isEqualTo("50\tMace Windu\tJedi");
            assertThat(reply.body().path("error").isBoolean()).isTrue();
            assertThat(reply.body().path("error").asBoolean()).isFalse();
            assertThat(reply.body().path("successful_rows").asInt()).isEqualTo(1);
            assertThat(reply.body().path("quarantined_rows").asInt()).isZero();
            assertThat(reply.body().path("quarantine_rows").asInt()).isZero();
            assertThat(reply.body().path("invalid_lines").asInt()).isZero();
            assertThat(reply.body().path("import_id").asString()).isNotEmpty();
            assertThat(reply.body().path("datasource").path("id").asString()).isEqualTo(workspace.resourceId("parts"));
            assertThat(reply.body().path("datasource").path("name").asString()).isEqualTo("parts");
            assertThat(reply.body()
                            .path("blocks")
                            .path(0)
                            .path("process_return")
                            .path(0)
                            .path("lines")
                            .asInt())
                    .isEqualTo(1);
            assertThat(reply.body().path("block_log").path(0).path("status").asString())
                    .isEqualTo("done");
        }

        @Test
        @DisplayName("rule 6: the parameters may be fields before the file")
        void fields() throws Exception {
            Reply reply = client.parts("", "mode=append\nname=form", "csv", "csv", bytes(ROW));

            assertThat(reply.status()).as(reply.response().body()).isEqualTo(200);
            assertThat(stored("form")).isEqualTo("50\tMace Windu\tJedi");
        }

        @Test
        @DisplayName("DS-25: the body is the file, with the Content-Types that clients send and with none")
        void body() throws Exception {
            for (String type : new String[] {"text/html", "text/csv", "application/x-www-form-urlencoded", ""}) {
                Reply reply = client.body("mode=append&name=bodies", type, bytes("1,%s,a\n".formatted(type)));
                assertThat(reply.status()).as(reply.response().body()).isEqualTo(200);
            }
            assertThat(stored("bodies").lines()).hasSize(4);
        }

        @Test
        @DisplayName("DS-3, DS-19: gzip is told by its bytes, in several members too")
        void gzipped() throws Exception {
            byte[] first = gzip(bytes("1,a,b\n"));
            byte[] second = gzip(bytes("2,c,d\n"));
            byte[] both = new byte[first.length + second.length];
            System.arraycopy(first, 0, both, 0, first.length);
            System.arraycopy(second, 0, both, first.length, second.length);

            Reply reply = client.part("name=zipped&format=csv", "csv", "file.log.gz", both);

            assertThat(reply.status()).as(reply.response().body()).isEqualTo(200);
            assertThat(stored("zipped")).isEqualTo("1\ta\tb\n2\tc\td");
        }

        @Test
        @DisplayName("DS-2: NDJSON under the part name csv, by format, file name or content; JSONPaths apply")
        void ndjson() throws Exception {
            byte[] row = bytes("{\"age\":1,\"person\":{\"name\":\"n\"}}\n");
            assertThat(client.part("mode=append&name=objects&format=ndjson", "csv", "x", row)
                            .status())
                    .isEqualTo(200);
            assertThat(client.part("mode=append&name=objects", "ndjson", "x.ndjson.gz", gzip(row))
                            .status())
                    .isEqualTo(200);
            assertThat(client.body("mode=append&name=objects", "text/plain", row)
                            .status())
                    .isEqualTo(200);
            assertThat(stored("objects").lines()).hasSize(3).allMatch("1\tn\t\\N"::equals);
        }

        @Test
        @DisplayName("DS-10, QU-2, QU-7, QU-10: rows that do not fit, and lines that are no rows")
        void dirty() throws Exception {
            Reply reply = client.body("mode=append&name=dirty", "text/csv", bytes("x,n,p\n1,n,p\n1,2,3,4,5,6\n"));

            assertThat(reply.status()).as(reply.response().body()).isEqualTo(200);
            assertThat(reply.error())
                    .isEqualTo("There was an error with file contents: 1 row in quarantine and 1 invalid line.");
            assertThat(reply.body().path("successful_rows").asInt()).isEqualTo(1);
            assertThat(reply.body().path("quarantine_rows").asInt()).isEqualTo(1);
            assertThat(reply.body().path("invalid_lines").asInt()).isEqualTo(1);
            assertThat(workspace
                            .clickHouse()
                            .execute("SELECT age, c__error_column, c__error, c__import_id FROM %s FORMAT TSV"
                                    .formatted(workspace.quarantines("dirty").getFirst())))
                    .isEqualTo("x\t['age']\t['value \\'x\\' on column \\'age\\' is not Int32']\t"
                            + reply.body().path("import_id").asString());
        }

        @Test
        @DisplayName("a file of many blocks: every row once, and a count per block")
        void large() throws Exception {
            var csv = new StringBuilder("name,age,ignored\n");
            for (int i = 0; i < 20_000; i++) {
                csv.append("person-").append(i).append(',').append(i).append(",x\n");
            }

            Reply reply = client.part("mode=append&name=large", "csv", "people.csv", bytes(csv.toString()));

            assertThat(reply.status()).as(reply.response().body()).isEqualTo(200);
            assertThat(reply.body().path("blocks").size()).isGreaterThan(5);
            assertThat(workspace
                            .clickHouse()
                            .execute(
                                    "SELECT count(), uniqExact(age), sum(age), countIf(name != concat('person-', age::String)) FROM "
                                            + workspace.tables("large").getFirst()))
                    .isEqualTo("20000\t20000\t199990000\t0");
        }

        @Test
        @DisplayName("the same Idempotency-Key again stores nothing twice")
        void keyed() throws Exception {
            for (int i = 0; i < 2; i++) {
                var request = events.anonymous("/v0/datasources?mode=append&name=keyed")
                        .header("Authorization", "Bearer " + workspace.adminToken())
                        .header("Idempotency-Key", "monday")
                        .POST(java.net.http.HttpRequest.BodyPublishers.ofString(ROW));
                assertThat(events.send(request).statusCode()).isEqualTo(200);
            }
            assertThat(stored("keyed")).isEqualTo("50\tMace Windu\tJedi");
        }
    }

    @Nested
    @DisplayName("400, 413")
    class Returns400 {
        @Test
        @DisplayName("a file that breaks off says how many rows are stored, and they are")
        void half() throws Exception {
            var csv = new StringBuilder();
            var random = new java.util.Random(1);
            for (int i = 0; i < 20_000; i++) {
                csv.append(i).append(",n").append(random.nextLong()).append(",p\n");
            }
            byte[] whole = gzip(bytes(csv.toString()));

            Reply reply = client.part(
                    "mode=append&name=halves", "csv", "x.csv.gz", java.util.Arrays.copyOf(whole, whole.length / 2));

            assertThat(reply.status()).as(reply.response().body()).isEqualTo(400);
            assertThat(reply.error()).startsWith("The file is not complete, or its compression is damaged. Of the");
            long rows = Long.parseLong(reply.error().replaceAll(".*beginning (\\d+) rows.*", "$1"));
            assertThat(rows).isPositive();
            assertThat(workspace.clickHouse().count(workspace.tables("halves").getFirst()))
                    .isGreaterThanOrEqualTo(rows);
        }

        @Test
        @DisplayName("parameters that are missing or not known are named")
        void parameters() throws Exception {
            assertThat(client.body("mode=append", "text/csv", bytes(ROW)).error())
                    .contains("'name'");
            assertThat(client.body("mode=burn&name=warm", "text/csv", bytes(ROW))
                            .error())
                    .contains("'burn'");
            assertThat(client.body("name=warm&format=xml", "text/csv", bytes(ROW))
                            .error())
                    .contains("'xml'");
            assertThat(client.body("name=warm&dialect_delimiter=ab", "text/csv", bytes(ROW))
                            .error())
                    .contains("dialect_delimiter");
            Reply none = client.body("name=warm&mode=append", "", new byte[0]);
            assertThat(none.status()).isEqualTo(400);
            assertThat(none.error()).startsWith("There is no file");
        }

        @Test
        @DisplayName("DS-25, LIM-17: 8 MB as a body")
        void tooLarge() throws Exception {
            Reply reply = client.body("name=warm&mode=append", "text/csv", new byte[(8 << 20) + 1]);

            assertThat(reply.status()).isEqualTo(413);
            assertThat(reply.error()).contains("8 MB");
        }
    }

    @Nested
    @DisplayName("403")
    class Returns403 {
        @Test
        @DisplayName("client-contract 8: what does not exist is made by deployments only")
        void missing() throws Exception {
            for (String mode : new String[] {"append", "create", "replace"}) {
                Reply reply = client.body("name=nothing&mode=" + mode, "text/csv", bytes(ROW));
                assertThat(reply.status()).isEqualTo(403);
                assertThat(reply.error())
                        .isEqualTo(
                                "Adding or modifying data sources to this workspace can only be done via deployments");
            }
        }

        @Test
        @DisplayName("DS-4, DS-16, TOK-11: what each scope allows")
        void scopes() throws Exception {
            FilesClient appender = client.as(workspace.token("appender", "DATASOURCES:APPEND:scoped"));
            FilesClient creator = client.as(workspace.token("creator", "DATASOURCES:CREATE"));
            FilesClient reader = client.as(workspace.token("reader", "DATASOURCES:READ:scoped"));
            byte[] row = bytes(ROW);

            assertThat(appender.body("name=scoped&mode=append", "", row).status())
                    .isEqualTo(200);
            assertThat(appender.body("name=scoped", "", row).status()).isEqualTo(200);
            assertThat(creator.body("name=scoped", "", row).status()).isEqualTo(200);
            assertThat(creator.body("name=scoped&mode=append", "", row).status())
                    .isEqualTo(403);
            assertThat(appender.body("name=warm&mode=append", "", row).status()).isEqualTo(403);
            assertThat(appender.body("name=scoped&mode=replace", "", row).error())
                    .endsWith("it needs the scope ADMIN");
            assertThat(reader.body("name=scoped&mode=append", "", row).status()).isEqualTo(403);
            // Whether there is such a data source is not told to everybody.
            assertThat(reader.body("name=scoped2&mode=append", "", row).error())
                    .isEqualTo(reader.body("name=scoped&mode=append", "", row)
                            .error()
                            .replace("scoped", "scoped2"));
        }
    }

    @Nested
    @DisplayName("429")
    class Returns429 {
        @Test
        @DisplayName("DS-27, DS-28: five files a minute for all of a workspace's data sources")
        void quota() throws Exception {
            TestWorkspace other = platform.newWorkspace();
            other.deploy(Map.of("a", PEOPLE, "b", PEOPLE));
            FilesClient fast = client.as(other.adminToken());
            for (int i = 0; i < 5; i++) {
                Reply reply = fast.body("mode=append&name=" + (i % 2 == 0 ? "a" : "b"), "text/csv", bytes(ROW));
                assertThat(reply.status()).as(reply.response().body()).isEqualTo(200);
            }

            Reply reply = fast.body("mode=append&name=a", "text/csv", bytes(ROW));

            assertThat(reply.status()).isEqualTo(429);
            assertThat(reply.response().headers().firstValue("Retry-After")).isPresent();
            assertThat(reply.response().headers().firstValue("X-RateLimit-Limit"))
                    .hasValue("5");
            assertThat(reply.response().headers().firstValue("X-RateLimit-Remaining"))
                    .hasValue("0");
            assertThat(reply.response().headers().firstValue("X-RateLimit-Reset"))
                    .isPresent();
        }
    }
}
