package dev.rookery.datafile;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A {@code .pipe} file. Its nodes have distinct names, and their outputs are all of one type: at most one endpoint, copy
 * or sink (PIPE-6), any number of materializations.
 *
 * @param name the pipe's name
 * @param description of the whole pipe
 * @param tags in the file's order
 * @param tokens one per {@code TOKEN} line, each {@code READ}
 * @param nodes at least one, in the file's order
 */
public record PipeFile(
        String name,
        @Nullable Located<String> description,
        List<Located<String>> tags,
        List<TokenGrant> tokens,
        List<PipeNode> nodes)
        implements Datafile {

    /** Copies the lists. */
    public PipeFile {
        tags = List.copyOf(tags);
        tokens = List.copyOf(tokens);
        nodes = List.copyOf(nodes);
    }

    /** The type of the nodes that have one. */
    public PipeType type() {
        return outputNode().map(node -> node.output().type()).orElse(PipeType.GENERIC);
    }

    /** The first node with a {@code TYPE}. */
    public Optional<PipeNode> outputNode() {
        return nodes.stream()
                .filter(node -> node.output().type() != PipeType.GENERIC)
                .findFirst();
    }
}
