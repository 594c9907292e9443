package dev.rookery.controlplane.deployments;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.controlplane.testing.Http;
import dev.rookery.controlplane.testing.Http.Reply;
import dev.rookery.controlplane.testing.Tenant;
import dev.rookery.controlplane.testing.Upload;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.OffsetDateTime;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code POST /v1/deploy} (client-contract.md 2). */
class DeployTest {
    private static final Upload PROJECT = Upload.datasource("events", "`id` Int32, `name` String")
            .withEndpoint("top", "SELECT name, count() AS c FROM events GROUP BY name");

    @Nested
    class Returns200 {
        @Test
        @DisplayName("CC-2.1 staged, with every field that clients read")
        void staged() {
            Tenant tenant = Tenant.create();

            Reply reply = PROJECT.deploy(tenant.adminToken());

            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.text("/result")).isEqualTo("success");
            assertThat(reply.at("/error").isMissingNode()).isTrue();
            assertThat(reply.at("/deployment").propertyNames())
                    .contains(
                            "id", "status", "live", "created_at", "updated_at", "errors", "feedback", "data_movements");
            assertThat(reply.at("/deployment/id").isString()).isTrue();
            assertThat(reply.text("/deployment/id")).isEqualTo("1");
            assertThat(reply.text("/deployment/status")).isEqualTo("data_ready");
            assertThat(reply.at("/deployment/live").asBoolean()).isFalse();
            assertThat(OffsetDateTime.parse(reply.text("/deployment/created_at")))
                    .isNotNull();
            assertThat(reply.texts("/deployment/new_datasource_names")).containsExactly("events");
            assertThat(reply.texts("/deployment/new_pipe_names")).containsExactly("top");
            reply.at("/deployment").properties().stream()
                    .filter(field -> field.getKey().endsWith("_names")
                            || field.getKey().equals("errors")
                            || field.getKey().equals("token_changes")
                            || field.getKey().equals("feedback"))
                    .forEach(field -> assertThat(field.getValue().isArray())
                            .as(field.getKey())
                            .isTrue());
        }

        @Test
        @DisplayName("CC-2.1 as the command-line client sends it: a context part, and files in folders")
        void commandLine() {
            Tenant tenant = Tenant.create();

            Reply reply = Upload.of("datasources/events.datasource", "SCHEMA >\n    `id` Int32\n")
                    .with("endpoints/top.pipe", "NODE e\nSQL >\n    SELECT id FROM events\n\nTYPE endpoint\n")
                    .with("README.md", "# not a datafile")
                    .asCommandLineClient()
                    .deploy(tenant.adminToken());

            assertThat(reply.text("/result")).isEqualTo("success");
            assertThat(reply.texts("/deployment/new_pipe_names")).containsExactly("top");
        }

        @Test
        @DisplayName("CC-2.1 paths as deep as file systems allow")
        void deepPath() {
            Reply reply = Upload.of(
                            "a_long_folder_name/".repeat(50) + "events.datasource", "SCHEMA >\n    `id` Int32\n")
                    .check(Tenant.create().adminToken());

            assertThat(reply.text("/result")).as(reply.body()).isEqualTo("success");
        }

        @Test
        @DisplayName("DEP-7 a check changes nothing, and works beside a candidate")
        void check() {
            Tenant tenant = Tenant.create();

            Reply reply = PROJECT.check(tenant.adminToken());

            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.text("/result")).isEqualTo("success");
            assertThat(reply.texts("/deployment/new_datasource_names")).containsExactly("events");
            assertThat(Http.get("/v1/deployments", tenant.adminToken())
                            .at("/deployments")
                            .size())
                    .isEqualTo(1);
            assertThat(tenant.physical()).isEmpty();
            PROJECT.deploy(tenant.adminToken());
            assertThat(PROJECT.check(tenant.adminToken()).text("/result")).isEqualTo("success");
        }

        @Test
        @DisplayName("DEP-7 a check has ClickHouse read everything, beside live rows, and leaves nothing")
        void checkReads() {
            Tenant tenant = Tenant.create();
            Upload project = PROJECT.withDatasource("target", "`id` Int32")
                    .withMaterialized("mv", "SELECT id FROM events", "target");
            project.live(tenant.adminToken());
            List<String> before = tenant.physical();

            Reply wrong = project.withEndpoint("wrong", "SELECT name + id AS x FROM events")
                    .withMaterialized("mv", "SELECT id, nothing FROM events", "target")
                    .check(tenant.adminToken());
            Reply wrongQuery = project.with(
                            "events.datasource",
                            "SCHEMA >\n    `id` Int64,\n    `name` String\n\nFORWARD_QUERY >\n    SELECT nothing2 AS id, name\n")
                    .check(tenant.adminToken());
            Reply right = project.withDatasource("target", "`id` Int64").check(tenant.adminToken());

            assertThat(wrong.status()).isEqualTo(400);
            assertThat(wrong.at("/errors").toString()).contains("wrong.pipe", "mv.pipe", "nothing");
            assertThat(wrongQuery.at("/errors").toString()).contains("events.datasource", "nothing2");
            assertThat(right.status()).as(right.body()).isEqualTo(200);
            assertThat(tenant.physical()).isEqualTo(before);
        }

        @Test
        @DisplayName("CC-2.2 step 3: no_changes, deployed or checked, also when only white space changes")
        void noChanges() {
            Tenant tenant = Tenant.create();
            PROJECT.live(tenant.adminToken());

            assertThat(PROJECT.deploy(tenant.adminToken()).text("/result")).isEqualTo("no_changes");
            Reply check = PROJECT.with("events.datasource", "\nSCHEMA >\n    `id`   Int32,\n    `name`  String\n\n")
                    .check(tenant.adminToken());
            assertThat(check.status()).isEqualTo(200);
            assertThat(check.text("/result")).isEqualTo("no_changes");
        }
    }

    @Nested
    class Returns400 {
        @Test
        @DisplayName("CC-2.1 every error of every file at once, each with file and line; no top-level error")
        void severalFiles() {
            Tenant tenant = Tenant.create();

            Reply reply = Upload.of("datasources/a.datasource", "SCHEMA >\n    `id` Int32,\n    `id`\n")
                    .with("b.pipe", "NODE n\nSQL >\n    SELECT 1\n\nTYPO endpoint\n")
                    .deploy(tenant.adminToken());

            assertThat(reply.status()).isEqualTo(400);
            assertThat(reply.text("/result")).isEqualTo("failed");
            assertThat(reply.at("/error").isMissingNode()).isTrue();
            assertThat(reply.text("/deployment/status")).isEqualTo("failed");
            assertThat(reply.at("/errors")
                            .valueStream()
                            .map(e -> e.path("filename").asString()))
                    .contains("datasources/a.datasource", "b.pipe");
            assertThat(reply.at("/errors")
                            .valueStream()
                            .map(e -> e.path("error").asString()))
                    .anySatisfy(text -> assertThat(text).startsWith("datasources/a.datasource:3"))
                    .anySatisfy(text -> assertThat(text).startsWith("b.pipe:5"));
        }

        @Test
        @DisplayName("CC-2.2 rule 6: feedback's resource is a string whose last word is the file")
        void feedback() {
            Reply reply = Upload.of("endpoints/top.pipe", "NODE e\nSQL >\n    SELECT 1 FROM nothing\n\nTYPE endpoint\n")
                    .deploy(Tenant.create().adminToken());

            assertThat(reply.text("/deployment/feedback/0/resource")).isEqualTo("Pipe top.pipe");
            assertThat(reply.text("/deployment/feedback/0/level")).isEqualTo("ERROR");
            assertThat(reply.text("/deployment/feedback/0/message")).contains("endpoints/top.pipe:3", "nothing");
            assertThat(reply.text("/deployment/errors/0/filename")).isEqualTo("top.pipe");
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                        SELECT * FROM nothing                        | nothing
                        SELECT * FROM top                            | reads from itself
                        SELECT * FROM other.events                   | other.events
                        SELECT * FROM system.tables                  | system.tables
                        SELECT missing FROM events                   | missing
                        SELECT * FROM url('http://127.0.0.1:1/', CSV)| url
                        SELECT file('/etc/passwd')                   | file
                        SELECT 1; DROP TABLE events                  | :3
                        INSERT INTO events SELECT 1, 'a'             | Only statements that read
                        SELECT * FROM events SETTINGS max_threads = 1| max_threads
                        SELECT FROM WHERE                            | :3
                        EXPLAIN SELECT * FROM events                 | one SELECT
                        SHOW TABLES                                  | one SELECT
                        SELECT 1 FORMAT CSV                          | one SELECT
                        SELECT 1 INTO OUTFILE '/tmp/x'               | :3
                        """)
        @DisplayName("CC-2.1 SQL that is wrong or reaches what is not the project's")
        void badSql(String sql, String message) {
            Tenant tenant = Tenant.create();

            Reply reply = PROJECT.withEndpoint("top", sql).deploy(tenant.adminToken());

            assertThat(reply.status()).as(reply.body()).isEqualTo(400);
            assertThat(reply.body()).contains(message).doesNotContain("`t_", "ws_0", "DB::Exception");
            assertThat(reply.text("/errors/0/error")).startsWith("top.pipe:3");
            Reply list = Http.get("/v1/deployments", tenant.adminToken());
            assertThat(list.at("/deployments").size()).isEqualTo(1);
        }

        @Test
        @DisplayName("PIPE-2 pipes that read from each other in a circle")
        void cycle() {
            Reply reply = PROJECT.withEndpoint("a", "SELECT * FROM b")
                    .withEndpoint("b", "SELECT * FROM c")
                    .withEndpoint("c", "SELECT * FROM a")
                    .deploy(Tenant.create().adminToken());

            assertThat(reply.status()).isEqualTo(400);
            assertThat(reply.at("/errors").size()).isEqualTo(3);
            assertThat(reply.text("/errors/0/error")).contains("reads from itself");
        }

        @Test
        @DisplayName("CC-2.1 what ClickHouse refuses is told in the tenant's words, and leaves no candidate")
        void refusedByClickHouse() {
            Tenant tenant = Tenant.create();

            Reply reply = PROJECT.withEndpoint("wrong", "SELECT name + id AS x, arrayJoin(id) FROM events")
                    .with("bad.datasource", "SCHEMA >\n    `a` Int32\nENGINE MergeTree\nENGINE_SORTING_KEY nothing\n")
                    .deploy(tenant.adminToken());

            assertThat(reply.status()).isEqualTo(400);
            assertThat(reply.body()).doesNotContain("t_01", "ws_0", "DB::Exception", "version 2");
            Reply stored = Http.get("/v1/deployments/1", tenant.adminToken());
            assertThat(stored.text("/deployment/status")).isEqualTo("deleted");
            assertThat(stored.at("/deployment/errors").size()).isPositive();
            assertThat(PROJECT.deploy(tenant.adminToken()).text("/deployment/id"))
                    .isEqualTo("2");
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                        k.connection  | TYPE kafka\\nKAFKA_BOOTSTRAP_SERVERS a:9092\\nKAFKA_KEY k\\nKAFKA_SECRET s | k.connection:1
                        copy.pipe     | NODE n\\nSQL >\\n    SELECT 1 AS id\\n\\nTYPE copy\\nTARGET_DATASOURCE events | copy.pipe:5
                        """)
        @DisplayName("CC-2.1 what is not supported yet is refused with its line")
        void unsupported(String path, String text, String place) {
            Reply reply = PROJECT.with(path, text.replace("\\n", "\n") + "\n")
                    .deploy(Tenant.create().adminToken());

            assertThat(reply.status()).as(reply.body()).isEqualTo(400);
            assertThat(reply.at("/errors")
                            .valueStream()
                            .map(e -> e.path("error").asString()))
                    .anySatisfy(error -> assertThat(error).contains(place, "not supported yet"));
        }

        @Test
        @DisplayName("DEP-24 a data source is deleted only where the caller allows it")
        void destructive() {
            Tenant tenant = Tenant.create();
            PROJECT.live(tenant.adminToken());
            Upload rest = Upload.datasource("other", "`id` Int32");

            Reply refused = rest.deploy(tenant.adminToken());
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.text("/errors/0/filename")).isEqualTo("events.datasource");
            assertThat(rest.check(tenant.adminToken()).status()).isEqualTo(400);

            Reply allowed = rest.send("/v1/deploy?allow_destructive_operations=true", tenant.adminToken());
            assertThat(allowed.text("/result")).isEqualTo("success");
            assertThat(allowed.texts("/deployment/deleted_datasource_names")).containsExactly("events");
            assertThat(allowed.texts("/deployment/deleted_pipe_names")).containsExactly("top");
        }

        @Test
        @DisplayName(
                "CC-1.7 bodies that are no project: no multipart, no file, cut off, NUL, names too long, twice the same")
        void notAProject() {
            String token = Tenant.create().adminToken();

            check(Http.form("POST", "/v1/deploy", token, "{}"));
            check(Upload.empty().asCommandLineClient().deploy(token));
            check(Http.send(Http.request("/v1/deploy", token)
                    .header("Content-Type", "multipart/form-data")
                    .POST(BodyPublishers.ofString("x"))));
            String body = PROJECT.body();
            check(Http.send(Http.request("/v1/deploy", token)
                    .header("Content-Type", "multipart/form-data; boundary=8f2b6e0c4d1a")
                    .POST(BodyPublishers.ofString(body.substring(0, body.length() / 2)))));
            assertThat(Upload.of("a.datasource", "DESCRIPTION >\n    a\0b\n\nSCHEMA >\n    `id` Int32\n")
                            .deploy(token)
                            .text("/errors/0/error"))
                    .contains("NUL");
            assertThat(Upload.datasource("a".repeat(256), "`id` Int32")
                            .deploy(token)
                            .status())
                    .isEqualTo(400);
            assertThat(PROJECT.withEndpoint("events", "SELECT 1").deploy(token).text("/errors/0/error"))
                    .contains("another resource named 'events'");
        }

        private static void check(Reply reply) {
            assertThat(reply.status()).as(reply.body()).isEqualTo(400);
            assertThat(reply.error()).isNotBlank();
        }
    }

    @Nested
    class Returns409 {
        @Test
        @DisplayName("DEP-1 one candidate at a time; the error says what to do")
        void candidate() {
            Tenant tenant = Tenant.create();
            PROJECT.deploy(tenant.adminToken());

            Reply reply = PROJECT.deploy(tenant.adminToken());

            assertThat(reply.status()).isEqualTo(409);
            assertThat(reply.error()).contains("promote or discard");
        }
    }

    @Nested
    class Returns413 {
        @Test
        @DisplayName("CC-1.7 a file above the limit")
        void tooLarge() {
            Reply reply = Upload.of("a.pipe", "#".repeat(11 << 20))
                    .deploy(Tenant.create().adminToken());

            assertThat(reply.status()).isEqualTo(413);
            assertThat(reply.error()).isNotBlank();
        }
    }
}
