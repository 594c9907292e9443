package dev.rookery.datafile;

/** Writes {@code .pipe} files. */
final class PipePrinter {

    private final DatafileLines lines = new DatafileLines();

    private PipePrinter() {}

    static String print(PipeFile file) {
        return new PipePrinter().file(file);
    }

    private String file(PipeFile file) {
        lines.description(file.description());
        lines.names("TAGS", file.tags());
        lines.tokens(file.tokens());
        file.nodes().forEach(this::node);
        return lines.toString();
    }

    private void node(PipeNode node) {
        lines.gap();
        lines.word("NODE", node.name());
        var description = node.description();
        if (description != null) {
            lines.block("DESCRIPTION", description.value());
        }
        lines.block("SQL", node.sql().text());
        lines.gap();
        output(node.output());
    }

    private void output(NodeOutput output) {
        if (output.type() != PipeType.GENERIC) {
            lines.word("TYPE", output.type().name());
        }
        switch (output) {
            case NodeOutput.None none -> {}
            case NodeOutput.Endpoint endpoint -> {
                var cache = endpoint.cacheSeconds();
                if (cache != null) {
                    lines.word("CACHE", cache.value().toString());
                }
            }
            case NodeOutput.Materialized materialized -> {
                lines.value("DATASOURCE", materialized.datasource());
                lines.choice("DEPLOYMENT_METHOD", materialized.deploymentMethod());
            }
            case NodeOutput.Copy copy -> {
                lines.value("TARGET_DATASOURCE", copy.target());
                lines.value("COPY_SCHEDULE", copy.schedule());
                lines.choice("COPY_MODE", copy.mode());
            }
            case NodeOutput.Sink sink -> sink(sink);
        }
    }

    private void sink(NodeOutput.Sink sink) {
        lines.value("EXPORT_SERVICE", sink.service());
        lines.value("EXPORT_CONNECTION_NAME", sink.connection());
        lines.value("EXPORT_SCHEDULE", sink.schedule());
        switch (sink.target()) {
            case SinkTarget.Files files -> {
                lines.value("EXPORT_BUCKET_URI", files.bucketUri());
                lines.value("EXPORT_FILE_TEMPLATE", files.fileTemplate());
                lines.choice("EXPORT_FORMAT", files.format());
                lines.choice("EXPORT_COMPRESSION", files.compression());
                lines.choice("EXPORT_STRATEGY", files.strategy());
            }
            case SinkTarget.Kafka kafka -> {
                lines.value("EXPORT_KAFKA_TOPIC", kafka.topic());
                lines.choice("EXPORT_FORMAT", kafka.format());
                lines.choice("EXPORT_STRATEGY", kafka.strategy());
            }
        }
    }
}
