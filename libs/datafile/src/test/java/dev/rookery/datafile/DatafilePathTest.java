package dev.rookery.datafile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.datafile.DatafilePath.Kind;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class DatafilePathTest {

    @Test
    @DisplayName("DFG-3: kind and name come from the file's name")
    void kindAndName() {
        assertThat(DatafilePath.of("datasources/events.datasource"))
                .isEqualTo(new DatafilePath("datasources/events.datasource", Kind.DATASOURCE, "events", null));
        assertThat(DatafilePath.of("top.pipe").kind()).isEqualTo(Kind.PIPE);
        assertThat(DatafilePath.of("connections\\a.connection").kind()).isEqualTo(Kind.CONNECTION);
        assertThat(DatafilePath.of("tests/top.yml").kind()).isEqualTo(Kind.TEST);
        assertThat(DatafilePath.of("README.md").kind()).isNull();
        assertThat(DatafilePath.of(".tinyb").name()).isEqualTo(".tinyb");
    }

    @Test
    @DisplayName("DFG-5, DFC-8, DFC-9: fixtures, project files and .tinyb are no datafiles")
    void otherFiles() {
        for (var path : List.of(
                "fixtures/events.ndjson",
                "fixtures/e.csv",
                ".tinyb",
                ".env.local",
                "CLAUDE.md",
                ".github/workflows/ci.yml")) {
            assertThat(DatafilePath.of(path).kind()).as(path).isNull();
            assertThat(Parsed.errors(path, "")).singleElement().asString().contains("expected a file ending in");
        }
    }

    @Test
    @DisplayName("DFG-2, SHR-4: vendored files name the workspace that owns them")
    void vendored() {
        assertThat(DatafilePath.of("vendor/acme/datasources/events.datasource").vendor())
                .isEqualTo("acme");
        assertThat(DatafilePath.of("project/vendor/acme/datasources/e.datasource")
                        .vendor())
                .isEqualTo("acme");
        assertThat(DatafilePath.of("datasources/vendor.datasource").vendor()).isNull();
        assertThat(DatafilePath.of("a/myvendor/x/e.datasource").vendor()).isNull();
    }

    @Test
    @DisplayName("DFG-3: a name that SQL cannot write is refused")
    void names() {
        assertThat(Parsed.errors("datasources/my-events.datasource", "SCHEMA >\n    a String"))
                .singleElement()
                .asString()
                .contains("\"my-events\" cannot name a data source");
        assertThat(Parsed.errors("README.md", "")).hasSize(1);
    }
}
