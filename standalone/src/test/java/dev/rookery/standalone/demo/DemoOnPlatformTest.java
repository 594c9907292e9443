package dev.rookery.standalone.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.standalone.StandalonePlatform;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The demo on the real platform")
class DemoOnPlatformTest {
    @TempDir
    Path directory;

    @Test
    @DisplayName("loads a small repository's history, shows each endpoint, and a second run adds only what is new")
    void smallRepository() {
        var repository = new TemporaryRepository(directory)
                .write("README.md", "one\n")
                .write("src/Main.java", "class Main {}\n")
                .commit("First")
                .write("src/Main.java", "class Main {\n}\n")
                .commit("Second")
                .write("logo.png", new byte[] {1, 0, 2})
                .commit("Third", "--author=Grace Hopper <grace@example.com>");
        StandalonePlatform platform = StandalonePlatform.shared();
        String token = platform.workspaceToken("demo_" + ProcessHandle.current().pid());

        String first = run(platform, token);

        assertThat(first)
                .contains("deployment", "is live", "Ada Lovelace", "Grace Hopper", "src/Main.java")
                .contains("/v0/pipes/top_authors.json", "/v0/pipes/hotspots.json", "/v0/pipes/ownership.json")
                .contains("/v0/pipes/activity_over_time.json");

        repository.write("docs/new.md", "new\n").commit("Fourth");
        String second = run(platform, token);

        assertThat(second).contains("the project is deployed already", "docs/new.md");
        assertThat(commits(platform, token)).isEqualTo("4\t4");
    }

    private String run(StandalonePlatform platform, String token) {
        var out = new ByteArrayOutputStream();
        var printed = new PrintStream(out, true, StandardCharsets.UTF_8);
        new DemoRunner(platform.api(), token, directory, GitInsights.directory(), printed).run();
        return out.toString(StandardCharsets.UTF_8);
    }

    private static String commits(StandalonePlatform platform, String token) {
        return platform.sql(token, "SELECT count(), uniqExact(hash) FROM git_commits FORMAT TSV")
                .strip();
    }
}
