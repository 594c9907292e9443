package dev.rookery.standalone.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("docs/configuration.md")
class ConfigurationTableTest {
    private static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();
    private static final Path DOCUMENT = REPOSITORY.resolve("docs/configuration.md");
    private static final String BEGIN = "<!-- generated: begin -->\n";
    private static final String END = "<!-- generated: end -->\n";

    /** Writes the table instead of comparing it. */
    private static final String WRITE = "rookery.docs.write";

    @Test
    @DisplayName("lists every property of every service, as the code has them")
    void upToDate() throws IOException {
        String text = Files.readString(DOCUMENT);
        int begin = text.indexOf(BEGIN) + BEGIN.length();
        int end = text.indexOf(END);
        String table = new PropertySources(REPOSITORY)
                .groups().stream().map(PropertyGroup::toMarkdown).collect(Collectors.joining("\n"));
        if (Boolean.getBoolean(WRITE)) {
            Files.writeString(DOCUMENT, text.substring(0, begin) + table + text.substring(end));
            return;
        }

        assertThat(text.substring(begin, end))
                .as("stale; write it anew with: ./rookery test -pl standalone -am -Dtest=ConfigurationTableTest"
                        + " -Dsurefire.failIfNoSpecifiedTests=false -D" + WRITE + "=true")
                .isEqualTo(table);
    }

    @Test
    @DisplayName("has a sentence for every group of properties, and finds the properties inside groups")
    void groupsAreExplained() throws IOException {
        assertThat(new PropertySources(REPOSITORY).groups())
                .isNotEmpty()
                .allSatisfy(group -> assertThat(group.summary()).isNotEmpty())
                .flatExtracting(PropertyGroup::properties)
                .extracting(PropertyGroup.Property::name)
                .contains("rookery.keys.current", "rookery.migrate.clusters[N].gateway.password");
    }
}
