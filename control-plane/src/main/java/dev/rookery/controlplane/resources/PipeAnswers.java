package dev.rookery.controlplane.resources;

import dev.rookery.catalog.ResourceId;
import dev.rookery.catalog.snapshot.PipeEntry;
import dev.rookery.catalog.snapshot.WorkspaceSnapshot;
import dev.rookery.controlplane.ClientTime;
import dev.rookery.controlplane.deployments.NodeColumns.ResultColumn;
import dev.rookery.datafile.Located;
import dev.rookery.datafile.NodeOutput;
import dev.rookery.datafile.PipeNode;
import dev.rookery.datafile.PipeType;
import dev.rookery.template.Template;
import dev.rookery.template.TemplateException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Pipes as clients read them (client-contract.md 11). */
final class PipeAnswers {
    private final WorkspaceSnapshot workspace;
    private final Inventory inventory;
    private final String baseUrl;

    /** @param baseUrl what the paths of endpoints are appended to */
    PipeAnswers(Inventory inventory, String baseUrl) {
        this.workspace = inventory.workspace();
        this.inventory = inventory;
        this.baseUrl = baseUrl;
    }

    record Commit(String contentSha, String path, String status) {}

    /**
     * One of a list.
     *
     * @param dependencies whether nodes tell what they read
     */
    Map<String, @Nullable Object> listed(PipeEntry pipe, Attributes nodeAttributes, boolean dependencies) {
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("id", pipe.id().toString());
        answer.put("name", pipe.name());
        answer.put("description", text(pipe.file().description()));
        answer.put("type", type(pipe.file().type()));
        answer.put("endpoint", endpoint(pipe));
        answer.put("url", baseUrl + "/v0/pipes/" + pipe.name() + ".json");
        answer.put("created_at", ClientTime.plain(pipe.createdAt()));
        answer.put("updated_at", ClientTime.plain(pipe.updatedAt()));
        answer.put("parent", null);
        answer.put(
                "nodes",
                pipe.file().nodes().stream()
                        .map(node -> nodeAttributes.of(node(pipe, node, dependencies)))
                        .toList());
        pipe.file().outputNode().map(PipeNode::output).ifPresent(output -> describe(output, answer));
        return answer;
    }

    /**
     * A single one.
     *
     * @param columns of the nodes' results, by name of the node
     */
    Map<String, @Nullable Object> detailed(
            PipeEntry pipe, Attributes nodeAttributes, Map<String, List<ResultColumn>> columns) {
        Map<String, @Nullable Object> answer = listed(pipe, nodeAttributes, true);
        List<Map<String, @Nullable Object>> nodes = new ArrayList<>();
        for (PipeNode node : pipe.file().nodes()) {
            Map<String, @Nullable Object> described = node(pipe, node, true);
            described.put("columns", columns.getOrDefault(node.name(), List.of()));
            nodes.add(nodeAttributes.of(described));
        }
        answer.put("nodes", nodes);
        answer.put("content", pipe.text());
        answer.put("path", pipe.path());
        answer.put("workspace_id", workspace.id().toString());
        answer.put("edited_by", null);
        answer.put("last_commit", new Commit("", "", "ok"));
        return answer;
    }

    private static void describe(NodeOutput output, Map<String, @Nullable Object> answer) {
        switch (output) {
            case NodeOutput.Materialized materialized ->
                answer.put("materialized_datasource", materialized.datasource().value());
            case NodeOutput.Copy copy -> {
                answer.put("copy_target_datasource", copy.target().value());
                answer.put(
                        "copy_schedule",
                        copy.schedule() == null ? "@on-demand" : copy.schedule().value());
                answer.put(
                        "copy_mode",
                        copy.mode() == null ? "append" : lower(copy.mode().value()));
            }
            case NodeOutput.Sink sink -> {
                answer.put("sink_connection", sink.connection().value());
                answer.put(
                        "sink_schedule",
                        sink.schedule() == null ? "@on-demand" : sink.schedule().value());
            }
            case NodeOutput.Endpoint _, NodeOutput.None _ -> {}
        }
    }

    private Map<String, @Nullable Object> node(PipeEntry pipe, PipeNode node, boolean dependencies) {
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("id", nodeId(pipe, node));
        answer.put("name", node.name());
        answer.put("sql", node.sql().text());
        answer.put("description", node.description() == null ? null : text(node.description()));
        answer.put("node_type", nodeType(node));
        answer.put("materialized", materialized(node));
        answer.put("dependencies", dependencies ? inventory.graph().dependencies(pipe, node) : null);
        answer.put("params", parameters(node));
        answer.put("created_at", ClientTime.plain(pipe.createdAt()));
        answer.put("updated_at", ClientTime.plain(pipe.updatedAt()));
        answer.put("version", 0);
        answer.put("tags", Map.of());
        answer.put("cluster", null);
        answer.put("project", null);
        answer.put("result", null);
        answer.put("ignore_sql_errors", false);
        answer.put("deployment_suffix", "");
        return answer;
    }

    /** The id of the data source it fills. */
    private @Nullable String materialized(PipeNode node) {
        return node.output() instanceof NodeOutput.Materialized materialized
                ? inventory
                        .view()
                        .datasource(materialized.datasource().value())
                        .map(target -> target.id().toString())
                        .orElse(null)
                : null;
    }

    /** Parameters in the order of their first use; a node that is no valid template has none to tell about. */
    private static List<Map<String, @Nullable Object>> parameters(PipeNode node) {
        return template(node)
                .map(template -> template.parameters().stream()
                        .map(parameter -> {
                            Map<String, @Nullable Object> answer = new LinkedHashMap<>();
                            answer.put("name", parameter.name());
                            answer.put("type", parameter.type());
                            answer.put("default", parameter.defaultValue());
                            answer.put("required", parameter.required() && !parameter.hasDefault());
                            answer.put("description", parameter.description());
                            return answer;
                        })
                        .toList())
                .orElse(List.of());
    }

    private static Optional<Template> template(PipeNode node) {
        try {
            return Optional.of(Template.compile(node.sql().text(), node.name()));
        } catch (TemplateException invalid) {
            return Optional.empty();
        }
    }

    private static @Nullable String endpoint(PipeEntry pipe) {
        return pipe.file()
                .outputNode()
                .filter(node -> node.output().type() == PipeType.ENDPOINT)
                .map(node -> nodeId(pipe, node))
                .orElse(null);
    }

    /** The same in every deployment, as the pipe's own id is. */
    private static String nodeId(PipeEntry pipe, PipeNode node) {
        UUID id = UUID.nameUUIDFromBytes((pipe.id() + "/" + node.name()).getBytes(StandardCharsets.UTF_8));
        return new ResourceId(id).toString();
    }

    private static String nodeType(PipeNode node) {
        return node.output().type() == PipeType.GENERIC
                ? "standard"
                : lower(node.output().type());
    }

    private static String type(PipeType type) {
        return type == PipeType.GENERIC ? "default" : lower(type);
    }

    private static String lower(Enum<?> word) {
        return word.name().toLowerCase(Locale.ROOT);
    }

    private static String text(@Nullable Located<String> value) {
        return value == null ? "" : value.value();
    }
}
