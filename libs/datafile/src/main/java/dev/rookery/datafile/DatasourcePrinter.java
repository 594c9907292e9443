package dev.rookery.datafile;

import java.util.stream.Collectors;

/** Writes {@code .datasource} files. */
final class DatasourcePrinter {

    private final DatafileLines lines = new DatafileLines();

    private DatasourcePrinter() {}

    static String print(DatasourceFile file) {
        return new DatasourcePrinter().file(file);
    }

    private String file(DatasourceFile file) {
        lines.description(file.description());
        lines.names("TAGS", file.tags());
        lines.tokens(file.tokens());
        lines.gap();
        lines.block("SCHEMA", file.columns().stream().map(this::column).collect(Collectors.joining(",\n")));
        engine(file.engine());
        if (!file.indexes().isEmpty()) {
            lines.gap();
            lines.block("INDEXES", file.indexes().stream().map(this::index).collect(Collectors.joining("\n")));
        }
        switch (file.connector()) {
            case Connector.Kafka kafka -> kafka(kafka);
            case Connector.ObjectStorage storage -> objectStorage(storage);
            case null -> {}
        }
        if (!file.sharedWith().isEmpty()) {
            lines.gap();
            lines.block(
                    "SHARED_WITH",
                    file.sharedWith().stream().map(Located::value).collect(Collectors.joining(",\n")));
        }
        lines.gap();
        lines.choice("BACKFILL", file.backfill());
        lines.choice("DEPLOYMENT_METHOD", file.deploymentMethod());
        var forwardQuery = file.forwardQuery();
        if (forwardQuery != null) {
            lines.gap();
            lines.block("FORWARD_QUERY", forwardQuery.text());
        }
        return lines.toString();
    }

    private String column(Column column) {
        var text = new StringBuilder("`" + column.name() + "` " + column.type());
        if (column.jsonPath() != null) {
            text.append(" `json:").append(column.jsonPath()).append('`');
        }
        var expression = column.expression();
        if (expression != null) {
            text.append(' ').append(expression.kind());
            text.append(expression.sql().isEmpty() ? "" : " ").append(expression.sql());
        }
        if (column.codec() != null) {
            text.append(" CODEC(").append(column.codec()).append(')');
        }
        if (column.ttl() != null) {
            text.append(" TTL ").append(column.ttl());
        }
        var comment = column.comment();
        if (comment != null) {
            text.append(" COMMENT '").append(StringLiteral.encode(comment)).append('\'');
        }
        return text.toString();
    }

    private String index(IndexSpec index) {
        var bare = Names.isResourceName(index.name()) && !index.name().equalsIgnoreCase("INDEX");
        var name = bare ? index.name() : "`" + index.name() + "`";
        var granularity = index.granularity() == null ? "" : " GRANULARITY " + index.granularity();
        return "INDEX " + name + " " + index.expression() + " TYPE " + index.type() + granularity;
    }

    private void engine(EngineSpec engine) {
        lines.gap();
        lines.quoted("ENGINE", engine.name());
        lines.quoted("ENGINE_PARTITION_KEY", engine.partitionKey());
        lines.quoted("ENGINE_SORTING_KEY", engine.sortingKey());
        lines.quoted("ENGINE_PRIMARY_KEY", engine.primaryKey());
        lines.quoted("ENGINE_SAMPLING_KEY", engine.samplingKey());
        lines.quoted("ENGINE_TTL", engine.ttl());
        lines.quoted("ENGINE_VER", engine.ver());
        lines.quoted("ENGINE_IS_DELETED", engine.isDeleted());
        lines.quoted("ENGINE_SIGN", engine.sign());
        lines.quoted("ENGINE_VERSION", engine.version());
        lines.quoted("ENGINE_SUMMING_COLUMNS", engine.summingColumns());
        lines.quoted("ENGINE_JOIN_STRICTNESS", engine.joinStrictness());
        lines.quoted("ENGINE_JOIN_TYPE", engine.joinType());
        lines.quoted("ENGINE_KEY_COLUMNS", engine.keyColumns());
        if (!engine.settings().isEmpty()) {
            lines.quoted(
                    "ENGINE_SETTINGS",
                    engine.settings().stream()
                            .map(setting -> setting.name() + "=" + setting.value())
                            .collect(Collectors.joining(", ")));
        }
    }

    private void kafka(Connector.Kafka kafka) {
        lines.gap();
        lines.value("KAFKA_CONNECTION_NAME", kafka.connection());
        lines.value("KAFKA_TOPIC", kafka.topic());
        lines.value("KAFKA_GROUP_ID", kafka.groupId());
        lines.value("KAFKA_AUTO_OFFSET_RESET", kafka.autoOffsetReset());
        lines.bool("KAFKA_STORE_HEADERS", kafka.storeHeaders());
        lines.bool("KAFKA_STORE_RAW_VALUE", kafka.storeRawValue());
        lines.value("KAFKA_KEY_FORMAT", kafka.keyFormat());
        lines.value("KAFKA_VALUE_FORMAT", kafka.valueFormat());
        kafka.legacy().forEach(setting -> lines.value(setting.name(), setting.value()));
    }

    private void objectStorage(Connector.ObjectStorage storage) {
        lines.gap();
        lines.value("IMPORT_CONNECTION_NAME", storage.connection());
        lines.value("IMPORT_BUCKET_URI", storage.bucketUri());
        lines.value("IMPORT_SCHEDULE", storage.schedule());
        lines.value("IMPORT_FROM_TIMESTAMP", storage.fromTimestamp());
        storage.legacy().forEach(setting -> lines.value(setting.name(), setting.value()));
    }
}
