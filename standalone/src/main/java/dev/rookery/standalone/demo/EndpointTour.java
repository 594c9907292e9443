package dev.rookery.standalone.demo;

import java.io.PrintStream;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Prints every endpoint of a project: its address and the first rows it answers. */
final class EndpointTour {
    private static final int ROWS = 5;
    private static final Pattern NUMERIC =
            Pattern.compile("(Nullable\\()?(U?Int\\d+|Float\\d+|Decimal.*|SimpleAggregateFunction\\(sum, .*)");

    private final ApiClient api;
    private final PrintStream out;

    EndpointTour(ApiClient api, PrintStream out) {
        this.api = api;
        this.out = out;
    }

    void show(Project project) {
        for (var endpoint : project.endpoints()) {
            var path = "/v0/pipes/%s.json".formatted(ApiClient.encode(endpoint.resource()));
            out.println();
            endpoint.description().ifPresent(out::println);
            out.println(api.url(path));
            show(api.get(path));
        }
    }

    private void show(JsonNode answer) {
        if (answer.path("data").isEmpty()) {
            out.println("  no rows");
            return;
        }
        var columns = answer.path("meta")
                .valueStream()
                .map(column -> new TextTable.Column(
                        column.path("name").asString(),
                        NUMERIC.matcher(column.path("type").asString("")).matches()))
                .toList();
        var rows = answer.path("data")
                .valueStream()
                .limit(ROWS)
                .map(row -> columns.stream()
                        .map(column -> cell(row.path(column.name())))
                        .toList())
                .toList();
        new TextTable(columns, rows).lines().forEach(line -> out.println("  " + line));
    }

    private static String cell(JsonNode value) {
        if (value.isArray()) {
            return value.valueStream().map(EndpointTour::cell).collect(Collectors.joining(", "));
        }
        return value.isNull() ? "" : value.isString() ? value.asString() : value.toString();
    }
}
