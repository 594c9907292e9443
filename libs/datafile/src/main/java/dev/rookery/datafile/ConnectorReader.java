package dev.rookery.datafile;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads {@code KAFKA_*} and {@code IMPORT_*} of a data source (DFD-19, DFD-21, KA-15, S3-46). */
final class ConnectorReader {

    private static final List<String> KAFKA = joined(Vocabulary.KAFKA_SOURCE, Vocabulary.KAFKA_SOURCE_LEGACY);
    private static final List<String> IMPORT = joined(Vocabulary.IMPORT, Vocabulary.IMPORT_LEGACY);
    private static final List<String> FORMATS = List.of("avro", "json_with_schema", "json_without_schema");
    private static final Set<String> OBJECT_STORES = Set.of("s3", "s3_iamrole", "gcs", "gcs_hmac");

    private final Fields fields;
    private final Problems problems;

    private ConnectorReader(Fields fields, Problems problems) {
        this.fields = fields;
        this.problems = problems;
    }

    static @Nullable Connector read(Fields fields, Problems problems) {
        return new ConnectorReader(fields, problems).connector();
    }

    private @Nullable Connector connector() {
        var kafkaAt = fields.firstOf(KAFKA);
        var importAt = fields.firstOf(IMPORT);
        if (kafkaAt.isPresent() && importAt.isPresent()) {
            problems.error(
                    importAt.get(), "a data source has one connector: expected either KAFKA_* or IMPORT_*, not both");
            return null;
        }
        if (kafkaAt.isPresent()) {
            return kafka(kafkaAt.get());
        }
        return importAt.isPresent() ? objectStorage(importAt.get()) : null;
    }

    private Connector kafka(Position at) {
        return new Connector.Kafka(
                fields.required("KAFKA_CONNECTION_NAME", "with the name of a .connection file", at),
                fields.required("KAFKA_TOPIC", "with the topic to read", at),
                fields.required("KAFKA_GROUP_ID", "with the consumer group", at),
                fields.oneOf("KAFKA_AUTO_OFFSET_RESET", List.of("latest", "earliest")),
                fields.bool("KAFKA_STORE_HEADERS"),
                fields.bool("KAFKA_STORE_RAW_VALUE"),
                fields.oneOf("KAFKA_KEY_FORMAT", FORMATS),
                fields.oneOf("KAFKA_VALUE_FORMAT", FORMATS),
                fields.directives(Vocabulary.KAFKA_SOURCE_LEGACY),
                at);
    }

    private Connector objectStorage(Position at) {
        var service = fields.text("IMPORT_SERVICE");
        var schedule = fields.text("IMPORT_SCHEDULE");
        if (service == null || OBJECT_STORES.contains(service.value().toLowerCase(Locale.ROOT))) {
            fields.required("IMPORT_CONNECTION_NAME", "with the name of a .connection file", at);
            fields.required("IMPORT_BUCKET_URI", "such as s3://bucket/path/*.ndjson", at);
            schedule = fields.required("IMPORT_SCHEDULE", "@auto, @once or @on-demand", at);
        }
        if (schedule != null && !schedule.value().isEmpty()) {
            Schedule.check("IMPORT_SCHEDULE", schedule, Set.of("@auto", "@once", "@on-demand"), problems);
        }
        var from = fields.text("IMPORT_FROM_TIMESTAMP");
        if (from != null
                && !from.value().contains("{{")
                && !from.value().matches("\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}Z")) {
            problems.error(from.at(), "expected IMPORT_FROM_TIMESTAMP YYYY-MM-DDTHH:MM:SSZ");
        }
        return new Connector.ObjectStorage(
                fields.text("IMPORT_CONNECTION_NAME"),
                fields.text("IMPORT_BUCKET_URI"),
                schedule,
                from,
                fields.directives(Vocabulary.IMPORT_LEGACY),
                at);
    }

    private static List<String> joined(List<String> first, List<String> second) {
        var all = new ArrayList<>(first);
        all.addAll(second);
        return List.copyOf(all);
    }
}
