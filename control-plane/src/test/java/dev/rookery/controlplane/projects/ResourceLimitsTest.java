package dev.rookery.controlplane.projects;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.datafile.Datafile;
import dev.rookery.datafile.DatafileParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What a workspace may consist of (LIM rows, DEP-27). */
class ResourceLimitsTest {
    private static final ResourceLimits LIMITS = new ResourceLimits(new LimitProperties(3, 4, 1, 1, 1, 1));

    private static Datafile file(String path, String text) {
        return Objects.requireNonNull(DatafileParser.parse(path, text).datafile(), path);
    }

    private static Datafile datasource(String name, int columns) {
        return file(
                name + ".datasource",
                "SCHEMA >\n"
                        + IntStream.range(0, columns)
                                .mapToObj(i -> "    `c%d` Int32".formatted(i))
                                .collect(Collectors.joining(",\n"))
                        + "\n");
    }

    private static Datafile pipe(String name, String output) {
        return file(name + ".pipe", "NODE n\nSQL >\n    SELECT 1\n\n" + output + "\n");
    }

    private static List<String> messages(Datafile... project) {
        return LIMITS.check(List.of(project)).stream()
                .map(ResourceLimits.Excess::message)
                .toList();
    }

    @Test
    @DisplayName("LIM-11, LIM-16: as many data sources and columns as allowed, and no more")
    void datasources() {
        List<Datafile> project = new ArrayList<>(List.of(datasource("a", 4), datasource("b", 1), datasource("c", 1)));
        assertThat(LIMITS.check(project)).isEmpty();

        project.add(datasource("d", 5));

        assertThat(LIMITS.check(project))
                .containsExactly(
                        new ResourceLimits.Excess("", "The project has 4 data sources; a workspace has at most 3"),
                        new ResourceLimits.Excess("d", "The data source 'd' has 5 columns; at most 4"));
    }

    @Test
    @DisplayName("LIM-12, LIM-13: copy and sink pipes; endpoints and others are not counted")
    void pipes() {
        String copy = "TYPE copy\nTARGET_DATASOURCE a";
        String sink = "TYPE sink\nEXPORT_CONNECTION_NAME s\nEXPORT_BUCKET_URI s3://b\nEXPORT_FILE_TEMPLATE f\n";
        assertThat(messages(pipe("a", copy), pipe("b", sink), pipe("c", "TYPE endpoint"), pipe("d", "TYPE endpoint")))
                .isEmpty();
        assertThat(messages(pipe("a", copy), pipe("b", copy), pipe("c", sink), pipe("d", sink)))
                .containsExactly(
                        "The project has 2 copy pipes; a workspace has at most 1",
                        "The project has 2 sink pipes; a workspace has at most 1");
    }

    @Test
    @DisplayName("LIM-19: Kafka connections, and topics once each")
    void kafka() {
        Map<String, String> texts = Map.of("one", "orders", "two", "orders", "three", "users");
        List<Datafile> project = new ArrayList<>();
        texts.forEach((name, topic) -> project.add(file(
                name + ".datasource",
                "SCHEMA >\n    `c` String\n\nKAFKA_CONNECTION_NAME k\nKAFKA_TOPIC %s\nKAFKA_GROUP_ID g_%s\n"
                        .formatted(topic, name))));
        for (String name : List.of("k", "l")) {
            project.add(file(
                    name + ".connection", "TYPE kafka\nKAFKA_BOOTSTRAP_SERVERS h:9092\nKAFKA_KEY k\nKAFKA_SECRET s\n"));
        }
        assertThat(messages(project.toArray(Datafile[]::new)))
                .containsExactly(
                        "The project has 2 Kafka topics; a workspace has at most 1",
                        "The project has 2 Kafka connections; a workspace has at most 1");
    }

    @Test
    @DisplayName("QU-1: the name of another's quarantine is taken, for data sources and pipes")
    void names() {
        assertThat(messages(datasource("a", 1), datasource("a_quarantine", 1)))
                .containsExactly("'a_quarantine' is the name of the quarantine of 'a'; choose another");
        assertThat(messages(datasource("a", 1), pipe("a_quarantine", "TYPE endpoint")))
                .hasSize(1);
        assertThat(messages(datasource("b_quarantine", 1))).isEmpty();
    }
}
