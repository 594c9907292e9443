package dev.rookery.controlplane.deployments;

import dev.rookery.controlplane.deployments.Project.Source;
import dev.rookery.datafile.NodeOutput;
import dev.rookery.datafile.PipeFile;
import dev.rookery.datafile.PipeNode;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a pipe.
 *
 * @param view the materialized view of the live deployment that goes on; null when it gets a new one, or has none
 */
record PlannedPipe(Source<PipeFile> source, @Nullable String view) {
    /** The node that is materialized. */
    static Optional<PipeNode> materialized(PipeFile file) {
        return file.nodes().stream()
                .filter(node -> node.output() instanceof NodeOutput.Materialized)
                .findFirst();
    }

    /** The data source that the node writes to; empty for a node that is not materialized. */
    static Optional<String> target(PipeFile file) {
        return materialized(file)
                .map(node ->
                        ((NodeOutput.Materialized) node.output()).datasource().value());
    }

    boolean needsView() {
        return view == null && materialized(source.file()).isPresent();
    }
}
