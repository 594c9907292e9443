package dev.rookery.standalone.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.standalone.demo.Project.Datafile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class ProjectTest {
    @Nested
    class TheDemo {
        private final Project project = Project.read(GitInsights.directory());

        @Test
        @DisplayName("has two sources, a materialized view with its target and four endpoints")
        void files() {
            assertThat(project.files())
                    .extracting(Datafile::resource)
                    .containsExactlyInAnyOrder(
                            "git_commits",
                            "git_file_changes",
                            "git_daily_churn",
                            "git_daily_churn_mv",
                            "top_authors",
                            "activity_over_time",
                            "hotspots",
                            "ownership");
            assertThat(project.endpoints())
                    .extracting(Datafile::resource)
                    .containsExactly("activity_over_time", "hotspots", "ownership", "top_authors");
        }

        @Test
        @DisplayName("every endpoint has a description to show")
        void descriptions() {
            assertThat(project.endpoints())
                    .allSatisfy(file -> assertThat(file.description()).isPresent());
        }

        @Test
        @DisplayName("the rows that are sent have exactly the columns of the data sources")
        void columns() {
            var change = new FileChange("a", "", 1, 1, false);
            var commit = new Commit(
                    "hash", List.of(), "Ada", "ada@example.com", Instant.EPOCH, Instant.EPOCH, "", List.of(change));

            assertThat(columns(CommitRow.of(commit))).isEqualTo(jsonPaths("git_commits"));
            assertThat(columns(FileChangeRow.of(commit, change))).isEqualTo(jsonPaths("git_file_changes"));
        }

        private Set<String> columns(Record row) {
            var json = new JsonMapper();
            return Set.copyOf(
                    json.readTree(EventStream.JSON.writeValueAsBytes(row)).propertyNames());
        }

        private Set<String> jsonPaths(String dataSource) {
            return project.files().stream()
                    .filter(file -> file.resource().equals(dataSource))
                    .flatMap(file -> file.text().lines())
                    .filter(line -> line.contains("`json:$."))
                    .map(line -> line.replaceAll(".*`json:\\$\\.(\\w+)(\\[:])?`.*", "$1"))
                    .collect(Collectors.toSet());
        }
    }

    @Nested
    class Reading {
        @TempDir
        Path directory;

        @Test
        @DisplayName("other files are left alone")
        void otherFiles() throws IOException {
            Files.writeString(directory.resolve("README.md"), "TYPE endpoint");
            Files.writeString(directory.resolve("a.pipe"), "NODE n\nSQL >\n    SELECT 1\ntype ENDPOINT\n");
            Files.writeString(directory.resolve("b.pipe"), "DESCRIPTION inline\nNODE n\nSQL >\n    SELECT 1\n");

            var project = Project.read(directory);

            assertThat(project.files()).extracting(Datafile::name).containsExactly("a.pipe", "b.pipe");
            assertThat(project.endpoints()).extracting(Datafile::name).containsExactly("a.pipe");
            assertThat(project.files())
                    .extracting(Datafile::description)
                    .satisfiesExactly(
                            none -> assertThat(none).isEmpty(),
                            inline -> assertThat(inline).hasValue("inline"));
        }

        @Test
        @DisplayName("a directory without datafiles, or none at all, is an error")
        void nothing() {
            assertThatThrownBy(() -> Project.read(directory)).hasMessageContaining("no datafiles in");
            assertThatThrownBy(() -> Project.read(directory.resolve("missing")))
                    .isInstanceOf(DemoException.class)
                    .hasMessageContaining("cannot be read");
        }
    }
}
