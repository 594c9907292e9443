package dev.rookery.gateway.query;

import dev.rookery.catalog.snapshot.PipeEntry;
import dev.rookery.datafile.PipeNode;
import dev.rookery.template.Template;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** A pipe with its nodes' templates, each compiled on its first use. Thread safe. */
final class CompiledPipe {
    private final String name;
    private final List<PipeNode> nodes;
    private final PipeNode output;
    private final Map<String, Template> templates = new ConcurrentHashMap<>();

    CompiledPipe(PipeEntry entry) {
        this.name = entry.name();
        this.nodes = entry.file().nodes();
        this.output = entry.file().outputNode().orElseGet(nodes::getLast);
    }

    String name() {
        return name;
    }

    /** What others read when they name the pipe: the node with an output, or the last one. */
    PipeNode output() {
        return output;
    }

    /** The names a node's SQL may use within its pipe: those of the other nodes. */
    Map<String, Target> targetsOf(PipeNode reader) {
        return nodes.stream()
                .filter(node -> !node.name().equals(reader.name()))
                .collect(Collectors.toMap(PipeNode::name, node -> new Target.Node(this, node)));
    }

    /** @throws dev.rookery.template.TemplateException when the node is no valid template */
    Template template(PipeNode node) {
        return templates.computeIfAbsent(
                node.name(), _ -> Template.compile(node.sql().text(), node.name()));
    }
}
