package dev.rookery.standalone.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.standalone.demo.FakePlatform.Answer;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class DemoRunnerTest {
    @TempDir
    Path directory;

    private final FakePlatform platform = new FakePlatform();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final List<Duration> pauses = new ArrayList<>();

    @AfterEach
    void stop() {
        platform.close();
    }

    @Nested
    class Deploying {
        @Test
        @DisplayName("client-contract 2.2: submits every datafile, waits for data_ready, sets live")
        void deploys() {
            run();

            assertThat(platform.deployedBody())
                    .contains("name=\"data_project://\"; filename=\"datasources/git_commits.datasource\"")
                    .contains("name=\"data_project://\"; filename=\"endpoints/ownership.pipe\"")
                    .doesNotContain("README.md");
            assertThat(platform.requests())
                    .containsSubsequence(
                            "GET /v1/deployments",
                            "POST /v1/deploy",
                            "GET /v1/deployments/1",
                            "POST /v1/deployments/1/set-live");
            assertThat(output()).contains("deployment 1 is live");
        }

        @Test
        @DisplayName("a project that is deployed already is fine")
        void noChanges() {
            run();
            run();

            assertThat(output()).contains("the project is deployed already");
            assertThat(platform.requests()).containsOnlyOnce("POST /v1/deployments/1/set-live");
        }

        @Test
        @DisplayName("what a killed run left in staging is discarded, what is live is not")
        void discardsCandidate() {
            platform.script("GET /v1/deployments", new Answer(200, """
                    {"deployments":[{"id":"4","status":"data_ready","live":true},
                                    {"id":"5","status":"data_ready","live":false},
                                    {"id":"6","status":"deleting","live":false}]}"""));
            platform.script("DELETE /v1/deployments/5", new Answer(200, "{}"));

            run();

            assertThat(platform.requests().stream().filter(request -> request.startsWith("DELETE")))
                    .containsExactly("DELETE /v1/deployments/5");
        }

        @Test
        @DisplayName("a refused project ends the run with the server's reasons in one line")
        void refused() {
            platform.script("POST /v1/deploy", new Answer(400, """
                    {"result":"failed","deployment":{"errors":[],"feedback":[
                      {"level":"ERROR","resource":"Pipe hotspots","message":"no such\\n table"},
                      {"level":"WARNING","resource":"x","message":"harmless"}]}}"""));

            assertThatThrownBy(DemoRunnerTest.this::run)
                    .isInstanceOf(DemoException.class)
                    .hasMessage("POST /v1/deploy answered 400: Pipe hotspots: no such table");
        }

        @Test
        @DisplayName("a deployment that fails on the way ends the run with its errors")
        void failed() {
            platform.script("GET /v1/deployments/1", new Answer(200, """
                    {"deployment":{"id":"1","status":"failed","errors":[{"filename":"a.pipe","error":"bad"}]}}"""));

            assertThatThrownBy(DemoRunnerTest.this::run).hasMessage("deployment 1 failed: a.pipe: bad");
        }
    }

    @Nested
    class Loading {
        @Test
        @DisplayName("sends every commit and file change, the last batch of each with wait=true")
        void loads() {
            new TemporaryRepository(directory)
                    .write("a.txt", "1\n")
                    .write("b.txt", "1\n2\n")
                    .commit("first \"quoted\"")
                    .commit("second");

            run();

            assertThat(platform.rows("git_commits"))
                    .extracting(row -> row.path("subject").asString())
                    .containsExactly("second", "first \"quoted\"");
            var first = platform.rows("git_commits").getLast();
            assertThat(first.path("files_changed").asInt()).isEqualTo(2);
            assertThat(first.path("lines_added").asInt()).isEqualTo(3);
            assertThat(first.path("parents").isArray()).isTrue();
            assertThat(first.path("committed_at").asString()).matches("2024-01-\\d\\d 12:00:00");
            assertThat(platform.rows("git_file_changes"))
                    .extracting(row -> row.path("path").asString())
                    .containsExactly("a.txt", "b.txt");
            assertThat(platform.requests())
                    .contains(
                            "POST /v0/events?name=git_file_changes&wait=true",
                            "POST /v0/events?name=git_commits&wait=true");
            assertThat(output()).contains("] 100%  4 rows");
        }

        @Test
        @DisplayName("sends batches, and a commit's changes before the commit")
        void batches() {
            var repository = new TemporaryRepository(directory);
            for (int i = 0; i < 4_100; i++) {
                repository.write("f" + i, "");
            }
            repository.commit("many");

            run();

            assertThat(platform.requests().stream().filter(request -> request.startsWith("POST /v0/events")))
                    .containsExactly(
                            "POST /v0/events?name=git_file_changes&wait=false",
                            "POST /v0/events?name=git_file_changes&wait=true",
                            "POST /v0/events?name=git_commits&wait=true");
            assertThat(paths()).hasSize(4_100).doesNotHaveDuplicates();
        }

        @Test
        @DisplayName("a second run sends only the new commits")
        void onlyNew() {
            var repository =
                    new TemporaryRepository(directory).write("a", "1\n").commit("1");
            run();
            run();
            assertThat(output()).contains("nothing new; commits stored: 1");

            repository.write("b", "1\n").commit("2");
            run();

            assertThat(platform.rows("git_commits"))
                    .extracting(row -> row.path("subject").asString())
                    .containsExactly("1", "2");
            assertThat(paths()).containsExactly("a", "b");
        }

        @Test
        @DisplayName("a run that was killed between changes and commit is completed, nothing is sent twice")
        void resumes() {
            new TemporaryRepository(directory)
                    .write("a", "1\n")
                    .write("b", "1\n")
                    .write("c", "1\n")
                    .commit("1");
            var hashes = new ArrayList<String>();
            new GitRepository(directory).forEachHash(hashes::add);
            var row = "{\"hash\":\"%s\",\"path\":\"%s\"}\n";
            platform.store(
                    "git_file_changes", row.formatted(hashes.getFirst(), "a") + row.formatted(hashes.getFirst(), "b"));

            run();

            assertThat(paths()).containsExactly("a", "b", "c");
            assertThat(platform.rows("git_commits")).hasSize(1);
        }

        @Test
        @DisplayName("429 and 503 are waited out as Retry-After says")
        void retries() {
            new TemporaryRepository(directory).write("a", "1\n").commit("1");
            platform.script("POST /v0/events", new Answer(429, "{}", Map.of("Retry-After", "7")));
            platform.script("POST /v0/events", new Answer(503, "{}", Map.of("Retry-After", "2")));

            run();

            assertThat(pauses).containsSubsequence(Duration.ofSeconds(7), Duration.ofSeconds(2));
            assertThat(paths()).containsExactly("a");
        }

        @Test
        @DisplayName("a server that never has room ends the run after ten attempts")
        void givesUp() {
            new TemporaryRepository(directory).write("a", "1\n").commit("1");
            for (int i = 0; i < 10; i++) {
                platform.script("POST /v0/events", new Answer(429, "{\"error\":\"too many requests\"}"));
            }

            assertThatThrownBy(DemoRunnerTest.this::run).hasMessage("POST /v0/events answered 429: too many requests");
            assertThat(platform.rows("git_file_changes")).isEmpty();
        }

        @Test
        @DisplayName("rows in quarantine are reported")
        void quarantine() {
            new TemporaryRepository(directory).commit("1");
            platform.script("POST /v0/events", new Answer(200, "{\"successful_rows\":0,\"quarantined_rows\":1}"));

            run();

            assertThat(output()).contains("in quarantine: 1 (SELECT * FROM git_commits_quarantine)");
        }

        @Test
        @DisplayName("without git history it says so, sends nothing and still shows the endpoints")
        void noHistory() {
            run();

            assertThat(output()).contains("is not a git repository").contains("/v0/pipes/hotspots.json");
            assertThat(platform.requests()).noneMatch(request -> request.startsWith("POST /v0/events"));
        }
    }

    @Nested
    class Showing {
        @Test
        @DisplayName("each endpoint's description, address and first rows as a table")
        void tables() {
            run();

            assertThat(output()).contains("""
                    Hotspots: the files that change most often
                    %sv0/pipes/hotspots.json
                      name   n
                      ----  --
                      Ada   12
                      Bob    3
                    """.formatted(platform.url()));
            assertThat(output()).doesNotContain(FakePlatform.TOKEN);
        }

        @Test
        @DisplayName("an endpoint without rows says so")
        void noRows() {
            platform.script("GET /v0/pipes/hotspots.json", new Answer(200, "{\"meta\":[],\"data\":[],\"rows\":0}"));

            run();

            assertThat(output()).contains("hotspots.json\n  no rows\n");
        }
    }

    @Nested
    class Failing {
        @Test
        @DisplayName("nothing listening: one line that says where")
        void unreachable() {
            platform.close();

            assertThatThrownBy(DemoRunnerTest.this::run)
                    .isInstanceOf(DemoException.class)
                    .hasMessageStartingWith("nothing answers at http://localhost:");
        }

        @Test
        @DisplayName("a wrong token: the server's own words")
        void wrongToken() {
            assertThatThrownBy(() -> runner(platform.url(), "p.wrong").run())
                    .hasMessage("GET /v1/deployments answered 403: invalid token");
        }

        @Test
        @DisplayName("an answer that is not JSON")
        void notJson() {
            platform.script("GET /v1/deployments", new Answer(200, "<html>"));

            assertThatThrownBy(DemoRunnerTest.this::run)
                    .hasMessage("/v1/deployments answered something that is not JSON");
        }
    }

    private void run() {
        runner(platform.url(), FakePlatform.TOKEN).run();
    }

    private DemoRunner runner(URI url, String token) {
        return new DemoRunner(
                url,
                token,
                directory,
                GitInsights.directory(),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                false,
                InstantSource.system(),
                pauses::add);
    }

    private List<String> paths() {
        return platform.rows("git_file_changes").stream()
                .map((JsonNode row) -> row.path("path").asString())
                .toList();
    }

    private String output() {
        return out.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
    }
}
