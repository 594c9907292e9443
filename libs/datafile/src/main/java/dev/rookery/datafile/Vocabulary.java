package dev.rookery.datafile;

import dev.rookery.datafile.DatafilePath.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The words that start a directive, in canonical order, and what the older ones are replaced with. */
final class Vocabulary {

    static final List<String> ENGINE_OPTIONS = List.of(
            "ENGINE_PARTITION_KEY",
            "ENGINE_SORTING_KEY",
            "ENGINE_PRIMARY_KEY",
            "ENGINE_SAMPLING_KEY",
            "ENGINE_TTL",
            "ENGINE_VER",
            "ENGINE_IS_DELETED",
            "ENGINE_SIGN",
            "ENGINE_VERSION",
            "ENGINE_SUMMING_COLUMNS",
            "ENGINE_COLUMNS",
            "ENGINE_JOIN_STRICTNESS",
            "ENGINE_JOIN_TYPE",
            "ENGINE_KEY_COLUMNS",
            "ENGINE_SETTINGS");

    static final List<String> KAFKA_SOURCE = List.of(
            "KAFKA_CONNECTION_NAME",
            "KAFKA_TOPIC",
            "KAFKA_GROUP_ID",
            "KAFKA_AUTO_OFFSET_RESET",
            "KAFKA_STORE_HEADERS",
            "KAFKA_STORE_RAW_VALUE",
            "KAFKA_KEY_FORMAT",
            "KAFKA_VALUE_FORMAT");

    /** Accepted and without effect (KA-15). */
    static final List<String> KAFKA_SOURCE_LEGACY =
            List.of("KAFKA_STORE_BINARY_HEADERS", "KAFKA_TARGET_PARTITIONS", "KAFKA_KEY_AVRO_DESERIALIZATION");

    static final List<String> IMPORT =
            List.of("IMPORT_CONNECTION_NAME", "IMPORT_BUCKET_URI", "IMPORT_SCHEDULE", "IMPORT_FROM_TIMESTAMP");

    static final List<String> IMPORT_LEGACY = List.of(
            "IMPORT_SERVICE",
            "IMPORT_STRATEGY",
            "IMPORT_EXTERNAL_DATASOURCE",
            "IMPORT_QUERY",
            "IMPORT_TABLE_ARN",
            "IMPORT_EXPORT_BUCKET");

    static final List<String> SINK = List.of(
            "EXPORT_SERVICE",
            "EXPORT_CONNECTION_NAME",
            "EXPORT_SCHEDULE",
            "EXPORT_BUCKET_URI",
            "EXPORT_FILE_TEMPLATE",
            "EXPORT_FORMAT",
            "EXPORT_COMPRESSION",
            "EXPORT_STRATEGY",
            "EXPORT_KAFKA_TOPIC");

    static final List<String> KAFKA_CONNECTION = List.of(
            "KAFKA_BOOTSTRAP_SERVERS",
            "KAFKA_SECURITY_PROTOCOL",
            "KAFKA_SASL_MECHANISM",
            "KAFKA_KEY",
            "KAFKA_SECRET",
            "KAFKA_SASL_OAUTHBEARER_METHOD",
            "KAFKA_SASL_OAUTHBEARER_AWS_REGION",
            "KAFKA_SASL_OAUTHBEARER_AWS_ROLE_ARN",
            "KAFKA_SASL_OAUTHBEARER_AWS_EXTERNAL_ID",
            "KAFKA_SCHEMA_REGISTRY_URL",
            "KAFKA_SSL_CA_PEM");

    static final List<String> S3_CONNECTION = List.of("S3_REGION", "S3_ARN", "S3_ACCESS_KEY", "S3_SECRET");

    static final List<String> GCS_CONNECTION =
            List.of("GCS_SERVICE_ACCOUNT_CREDENTIALS_JSON", "GCS_ACCESS_ID", "GCS_SECRET");

    private static final List<String> DATASOURCE = joined(
            List.of(
                    "DESCRIPTION",
                    "TAGS",
                    "TOKEN",
                    "SCHEMA",
                    "ENGINE",
                    "INDEXES",
                    "FORWARD_QUERY",
                    "SHARED_WITH",
                    "BACKFILL",
                    "DEPLOYMENT_METHOD"),
            ENGINE_OPTIONS,
            KAFKA_SOURCE,
            KAFKA_SOURCE_LEGACY,
            IMPORT,
            IMPORT_LEGACY);

    private static final List<String> PIPE = joined(
            List.of(
                    "DESCRIPTION",
                    "TAGS",
                    "TOKEN",
                    "NODE",
                    "SQL",
                    "TYPE",
                    "CACHE",
                    "DATASOURCE",
                    "DEPLOYMENT_METHOD",
                    "TARGET_DATASOURCE",
                    "COPY_SCHEDULE",
                    "COPY_MODE"),
            SINK);

    private static final List<String> CONNECTION =
            joined(List.of("DESCRIPTION", "TYPE"), KAFKA_CONNECTION, S3_CONNECTION, GCS_CONNECTION);

    /** Words of the older syntax, with what to write instead. */
    static final Map<String, String> OLDER = Map.of(
            "VERSION",
            "versions belong to the older syntax: delete this line, and let FORWARD_QUERY carry existing rows over when"
                    + " the schema changes",
            "INCLUDE",
            "include files belong to the older syntax: write the included lines here, or put connection settings into"
                    + " connections/<name>.connection and name it with KAFKA_CONNECTION_NAME or IMPORT_CONNECTION_NAME",
            "PARTITION_KEY",
            "write ENGINE_PARTITION_KEY",
            "SORTING_KEY",
            "write ENGINE_SORTING_KEY",
            "PRIMARY_KEY",
            "write ENGINE_PRIMARY_KEY",
            "SAMPLING_KEY",
            "write ENGINE_SAMPLING_KEY");

    private static final Set<String> ALL = all();

    private Vocabulary() {}

    static List<String> of(Kind kind) {
        return switch (kind) {
            case DATASOURCE -> DATASOURCE;
            case PIPE -> PIPE;
            case CONNECTION -> CONNECTION;
            case TEST -> List.of();
        };
    }

    /** Whether any kind of file, of today or older, knows this upper-case word. */
    static boolean knows(String word) {
        return ALL.contains(word);
    }

    private static Set<String> all() {
        var words = new HashSet<>(OLDER.keySet());
        words.addAll(DATASOURCE);
        words.addAll(PIPE);
        words.addAll(CONNECTION);
        return Set.copyOf(words);
    }

    @SafeVarargs
    private static List<String> joined(List<String>... lists) {
        var all = new ArrayList<String>();
        for (var list : lists) {
            all.addAll(list);
        }
        return List.copyOf(all);
    }
}
