package dev.rookery.ingest.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rookery.catalog.JobId;
import dev.rookery.catalog.jobs.Job;
import dev.rookery.ingest.files.FilesClient.Reply;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@DisplayName("POST /v0/datasources with a URL, and what replaces rows")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ImportTest {
    private static final String SOURCE = """
            SCHEMA >
                `id` UInt64 `json:$.id`,
                `word` String `json:$.word`

            ENGINE "MergeTree"
            ENGINE_PARTITION_KEY "id % 7"
            ENGINE_SORTING_KEY "id"
            """;
    private static final int ROWS = 30_000;

    private FilesPlatform platform;
    private FileServer server;

    @BeforeAll
    void start() throws IOException {
        Map<String, String> sources = new HashMap<>();
        for (String name : new String[] {
            "warm", "whole", "form", "broken", "changed", "doubt", "missing", "replaced", "replaced_url"
        }) {
            sources.put(name, SOURCE);
        }
        platform = new FilesPlatform(sources, "--rookery.ingest.files.block=100KB");
        server = FileServer.start();
        server.put("/rows.csv", csv());
        await().atMost(Duration.ofSeconds(60))
                .until(() -> platform.client
                                .body("name=warm", "text/csv", FilesClient.bytes("1,a\n"))
                                .status()
                        == 200);
    }

    @AfterAll
    void stop() {
        server.close();
        platform.close();
    }

    private static String csv() {
        var csv = new StringBuilder("id,word\n");
        for (int i = 0; i < ROWS; i++) {
            csv.append(i).append(",w").append(i).append('\n');
        }
        return csv.toString();
    }

    private String begin(String query, String path) throws Exception {
        Reply reply = platform.client.body(
                query + "&url=" + URLEncoder.encode(server.url(path), StandardCharsets.UTF_8), "", new byte[0]);
        assertThat(reply.status()).as(reply.response().body()).isEqualTo(200);
        return reply.body().path("id").asString();
    }

    private void awaitEnd(String job) {
        await().atMost(Duration.ofSeconds(60)).until(() -> platform.isFinished(job));
    }

    private void assertWhole(String source) {
        String expected = "%d\t%d\t%d".formatted(ROWS, ROWS, (long) ROWS * (ROWS - 1) / 2);
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(platform.query(
                                "SELECT count(), uniqExact(id), sum(id) FROM %s WHERE word = concat('w', id::String)"
                                        .formatted(platform.table(source))))
                        .isEqualTo(expected));
    }

    @Test
    @DisplayName("DS-4, DS-9: the answer is a job; when it is done the rows are there")
    void whole() throws Exception {
        Reply reply = platform.client.body(
                "mode=append&format=csv&name=whole&url="
                        + URLEncoder.encode(server.url("/rows.csv?sig=secret"), StandardCharsets.UTF_8),
                "",
                new byte[0]);

        assertThat(reply.status()).as(reply.response().body()).isEqualTo(200);
        var body = reply.body();
        String id = body.path("id").asString();
        assertThat(body.path("job_id").asString()).isEqualTo(id);
        assertThat(body.path("import_id").asString()).isEqualTo(id);
        assertThat(body.path("job_url").asString()).endsWith("/v0/jobs/" + id);
        assertThat(body.path("status").asString()).isEqualTo("waiting");
        assertThat(body.path("error").isMissingNode()).isTrue();
        var job = body.path("job");
        assertThat(job.path("kind").asString()).isEqualTo("import");
        assertThat(job.path("id").asString()).isEqualTo(id);
        assertThat(job.path("import_id").asString()).isEqualTo(id);
        assertThat(job.path("status").asString()).isEqualTo("waiting");
        assertThat(job.path("statistics").isNull()).isTrue();
        assertThat(job.path("datasource").path("name").asString()).isEqualTo("whole");
        assertThat(job.path("quarantine_rows").asInt()).isZero();
        assertThat(job.path("invalid_lines").asInt()).isZero();

        awaitEnd(id);
        assertThat(platform.job(id, "status || coalesce(error, '')")).isEqualTo("done");
        assertThat(platform.job(id, "progress ->> 'import_id'")).isEqualTo(id);
        assertThat(platform.job(id, "progress -> 'statistics' ->> 'row_count'")).isEqualTo(Integer.toString(ROWS));
        assertThat(platform.job(id, "progress ->> 'progress_percentage'")).isEqualTo("100.0");
        assertThat(platform.job(id, "request")).doesNotContain("secret").doesNotContain("127.0.0.1");
        assertWhole("whole");
    }

    @Test
    @DisplayName("DS-4, DS-5: the URL as a form field, not encoded")
    void form() throws Exception {
        Reply reply = platform.client.body(
                "name=form&mode=append",
                "application/x-www-form-urlencoded",
                FilesClient.bytes("url=" + server.url("/rows.csv?se=2025&sp=r&sig=a%2Bb")));

        assertThat(reply.status()).as(reply.response().body()).isEqualTo(200);
        awaitEnd(reply.body().path("id").asString());
        assertWhole("form");
    }

    @Test
    @DisplayName("a connection that breaks: the import goes on behind the last block, every row once")
    void broken() throws Exception {
        server.put("/broken.csv", csv());
        server.etag("/broken.csv", "\"1\"");
        server.breakOnceAt("/broken.csv", csv().length() / 2);

        String job = begin("name=broken&mode=append", "/broken.csv");

        awaitEnd(job);
        assertThat(platform.job(job, "status || coalesce(error, '')")).isEqualTo("done");
        assertThat(server.asked("/broken.csv")).isEqualTo(2);
        assertWhole("broken");
    }

    @Test
    @DisplayName("a file that is another one when it is read again ends the import, which says how many rows are in")
    void changed() throws Exception {
        server.put("/changed.csv", csv());
        server.etag("/changed.csv", "\"1\"");
        server.breakOnceAt("/changed.csv", csv().length() / 2);

        String job = begin("name=changed&mode=append", "/changed.csv");
        await().atMost(Duration.ofSeconds(30))
                .until(() -> server.asked("/changed.csv") == 1
                        && !platform.job(job, "request -> 'state'").isEmpty());
        server.etag("/changed.csv", "\"2\"");

        awaitEnd(job);
        assertThat(platform.job(job, "status")).isEqualTo("error");
        String error = platform.job(job, "error");
        assertThat(error).startsWith("The file was changed while it was imported. Of the file's beginning ");
        String rows = error.replaceAll(".*beginning (\\d+) rows.*", "$1");
        assertThat(Long.parseLong(rows)).isBetween(1L, ROWS - 1L);
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(platform.query("SELECT count() FROM " + platform.table("changed")))
                        .isEqualTo(rows));
    }

    @Test
    @DisplayName("a block that was sent when the import was killed is sent again, and stored once")
    void doubt() throws Exception {
        server.put("/doubt.csv", "1,a\n2,b\n");
        String job = begin("name=doubt&mode=append", "/doubt.csv");
        awaitEnd(job);
        assertThat(platform.query("SELECT count() FROM " + platform.table("doubt")))
                .isEqualTo("2");

        // As if it had been killed between the acknowledgement and the record of it.
        ImportRequest done = ImportRequest.parse(platform.job(job, "request"));
        ImportState state = java.util.Objects.requireNonNull(done.state());
        var before = new ImportState(state.version(), state.layout(), Totals.NONE, 0, System.currentTimeMillis());
        platform.platform.transactions().executeWithoutResult(_ -> {
            platform.jobs().putRequest(JobId.parse(job), done.with(before).json());
            platform.platform
                    .jdbc()
                    .sql("update jobs set status = 'working', task = 'other', finished_at = null where id = :id::uuid")
                    .param("id", job)
                    .update();
            Job again = platform.jobs()
                    .find(platform.workspace.id(), JobId.parse(job))
                    .orElseThrow();
            assertThat(platform.queue().handOver(again, "import")).isTrue();
        });

        awaitEnd(job);
        assertThat(platform.job(job, "status || coalesce(error, '')")).isEqualTo("done");
        assertThat(server.asked("/doubt.csv")).isEqualTo(2);
        platform.client.body("name=doubt&mode=append", "text/csv", FilesClient.bytes("3,c\n"));
        assertThat(platform.query("SELECT groupArray(id) FROM (SELECT id FROM %s ORDER BY id)"
                        .formatted(platform.table("doubt"))))
                .isEqualTo("[1,2,3]");
    }

    @Test
    @DisplayName("a file that is not there, and addresses that are not asked for")
    void refused() throws Exception {
        String job = begin("name=missing&mode=append", "/nothing.csv");
        awaitEnd(job);
        assertThat(platform.job(job, "status || ': ' || error")).isEqualTo("error: The URL answered 404");

        for (String url : new String[] {"http://169.254.169.254/x.csv", "http://127.0.0.2/", "file:///etc/passwd"}) {
            Reply reply = platform.client.body(
                    "name=missing&mode=append&url=" + URLEncoder.encode(url, StandardCharsets.UTF_8), "", new byte[0]);
            assertThat(reply.status()).as(url).isEqualTo(400);
        }
        // Below what the operator allows, and found out only on the way.
        server.redirect("/trap.csv", "http://127.0.0.3:1/");
        String trapped = begin("name=missing&mode=append", "/trap.csv");
        awaitEnd(trapped);
        assertThat(platform.job(trapped, "error")).isEqualTo("The URL leads to an address that is not public");
    }

    @Test
    @DisplayName("DS-7, DS-8: an upload that replaces is collected beside the live rows, and handed over")
    void replace() throws Exception {
        platform.client.body("name=replaced&mode=append", "text/csv", FilesClient.bytes("1,old\n"));

        Reply reply = platform.client.part(
                "name=replaced&mode=replace&replace_condition="
                        + URLEncoder.encode("word = 'new'", StandardCharsets.UTF_8),
                "csv",
                "x.csv",
                FilesClient.bytes("5,new\n6,new\nx,new\n"));

        assertThat(reply.status()).as(reply.response().body()).isEqualTo(200);
        String job = reply.body().path("id").asString();
        assertThat(reply.body().path("job").path("kind").asString()).isEqualTo("import");
        assertHandedOver(job, "replaced", "word = 'new'", 2, 1);
        assertThat(platform.query("SELECT id, word FROM %s FORMAT TSV".formatted(platform.table("replaced"))))
                .isEqualTo("1\told");
        await().atMost(Duration.ofSeconds(30))
                .until(() -> !platform.workspace.quarantines("replaced").isEmpty()
                        && platform.query("SELECT any(c__import_id) FROM "
                                        + platform.workspace
                                                .quarantines("replaced")
                                                .getFirst())
                                .equals(job));
    }

    @Test
    @DisplayName("DS-7: the same from a URL, whose attempts have tables of their own")
    void replaceFromUrl() throws Exception {
        server.put("/new.csv", csv());
        server.breakOnceAt("/new.csv", csv().length() / 2);

        String job = begin("name=replaced_url&mode=replace", "/new.csv");

        assertHandedOver(job, "replaced_url", "", ROWS, 0);
        assertThat(platform.job(job, "request -> 'source'")).isEmpty();
    }

    private void assertHandedOver(String job, String source, String condition, long rows, long quarantined) {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> platform.job(job, "task").equals("replace"));
        assertThat(platform.job(job, "finished_at")).isEmpty();
        assertThat(platform.job(job, "request ->> 'mode'")).isEqualTo("replace");
        assertThat(platform.job(job, "request ->> 'datasource'")).isEqualTo(source);
        assertThat(platform.job(job, "request ->> 'replace_condition'")).isEqualTo(condition);
        assertThat(platform.job(job, "request ->> 'import_id'")).isEqualTo(job);
        assertThat(platform.job(job, "request ->> 'rows'")).isEqualTo(Long.toString(rows));
        assertThat(platform.job(job, "request ->> 'quarantine_rows'")).isEqualTo(Long.toString(quarantined));
        String scratch = platform.workspace.database() + "." + platform.job(job, "request ->> 'scratch'");
        assertThat(platform.query("SELECT count(), uniqExact(id) FROM " + scratch))
                .isEqualTo("%d\t%d".formatted(rows, rows));
    }
}
