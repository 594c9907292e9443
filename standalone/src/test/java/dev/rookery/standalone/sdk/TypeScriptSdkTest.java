package dev.rookery.standalone.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.standalone.StandalonePlatform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@DisplayName("The npm package @tinybirdco/sdk, as it is published")
class TypeScriptSdkTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final StandalonePlatform platform = StandalonePlatform.shared();

    @Test
    @DisplayName(
            "client-contract 2 to 4 and 9 to 11: init, build, deploy its starter project; its client ingests and queries")
    void starterProject() throws IOException {
        String token = platform.workspaceToken("sdk_starter");
        SdkProject project = SdkProject.create(platform.api(), token);

        // Version 0.0.84 knows no --yes: what it would ask is given.
        String made = project.tinybird("init", "--skip-login", "--mode", "local", "--path", "src/lib/tinybird.ts");
        assertThat(project.file("src/lib/tinybird.ts")).as(made).exists();
        project.pointConfigurationAt(platform.api());

        assertThat(project.tinybird("deploy")).as("the first time").containsIgnoringCase("deploy");
        assertThat(project.tinybird("build")).containsIgnoringCase("build");
        assertThat(project.tinybird("deploy")).as("a second time").containsIgnoringCase("no changes");

        JsonNode used = JSON.readTree(project.node("client.mjs"));
        assertThat(used.path("ingested").valueStream())
                .hasSize(3)
                .allSatisfy(answer ->
                        assertThat(answer.path("successful_rows").asInt()).isEqualTo(1));
        assertThat(used.path("data").toString())
                .isEqualTo("[{\"pathname\":\"/home\",\"views\":2},{\"pathname\":\"/docs\",\"views\":1}]");
    }

    @Test
    @DisplayName("client-contract 8, 11, 14: pull writes the files that were deployed, and pulling again the same")
    void pull() throws IOException {
        String token = platform.workspaceToken("sdk_pull");
        SdkProject project = SdkProject.create(platform.api(), token);
        project.tinybird("init", "--skip-login", "--mode", "local", "--path", "src/lib/tinybird.ts");
        project.pointConfigurationAt(platform.api());
        project.tinybird("build");

        project.tinybird("pull", "--output-dir", "pulled");

        Path datasource = project.file("pulled").resolve("page_views.datasource");
        Path pipe = project.file("pulled").resolve("top_pages.pipe");
        assertThat(datasource)
                .content()
                .contains("pathname", "ENGINE_SORTING_KEY")
                .isEqualTo(platform.text(token, "/v0/datasources/page_views.datasource"));
        assertThat(pipe)
                .content()
                .contains("NODE", "TYPE endpoint")
                .isEqualTo(platform.text(token, "/v1/pipes/top_pages.pipe"));
        assertThat(project.attempt("pull", "--output-dir", "pulled").exitCode())
                .as("files that are there are not overwritten")
                .isNotZero();
        String before = Files.readString(pipe);
        project.tinybird("pull", "--output-dir", "pulled", "--force");
        assertThat(pipe).hasContent(before);
    }

    @Test
    @DisplayName("client-contract 2.1: what is wrong with a project is shown by the SDK, and it exits with an error")
    void brokenProject() throws IOException {
        SdkProject project = SdkProject.create(platform.api(), platform.workspaceToken("sdk_broken"));
        project.tinybird("init", "--skip-login", "--mode", "local", "--path", "src/lib/tinybird.ts");
        project.pointConfigurationAt(platform.api());
        Path definitions = project.file("src/lib/tinybird.ts");
        project.replace(definitions, "FROM page_views", "FROM nowhere");

        SdkProject.Outcome outcome = project.attempt("deploy");

        assertThat(outcome.exitCode()).as(outcome.output()).isNotZero();
        assertThat(outcome.output()).contains("nowhere");
    }
}
