package dev.rookery.datafile;

import java.util.List;
import java.util.Map;

/** Reads a {@code .connection} file (DFC-1 to DFC-4). */
final class ConnectionReader {

    private static final Map<String, ConnectionFile.Type> TYPES =
            Map.of("kafka", ConnectionFile.Type.KAFKA, "s3", ConnectionFile.Type.S3, "gcs", ConnectionFile.Type.GCS);

    private final Fields fields;
    private final Problems problems;

    private ConnectionReader(Fields fields, Problems problems) {
        this.fields = fields;
        this.problems = problems;
    }

    static ConnectionFile read(String name, List<RawDirective> directives, Problems problems) {
        var fields = new Fields(problems);
        directives.forEach(fields::add);
        return new ConnectionReader(fields, problems).connection(name);
    }

    private ConnectionFile connection(String name) {
        var type = fields.choice("TYPE", TYPES);
        if (type == null) {
            if (fields.text("TYPE") == null) {
                problems.error(new Position(1, 1), "expected TYPE kafka, s3 or gcs");
            }
            return new ConnectionFile(name, null, Located.of(ConnectionFile.Type.KAFKA), List.of());
        }
        var own = switch (type.value()) {
            case KAFKA -> kafka(type.at());
            case S3 -> s3(type.at());
            case GCS -> gcs(type.at());
        };
        for (var group : List.of(Vocabulary.KAFKA_CONNECTION, Vocabulary.S3_CONNECTION, Vocabulary.GCS_CONNECTION)) {
            if (!group.equals(own)) {
                fields.present(group)
                        .forEach(d -> problems.error(
                                d.at(), d.name() + " does not belong to a connection of TYPE " + type.value()));
            }
        }
        var settings = fields.directives(own).stream()
                .filter(setting -> !setting.value().isEmpty())
                .map(ConnectionReader::corrected)
                .toList();
        return new ConnectionFile(name, Texts.description(fields), type, settings);
    }

    private List<String> kafka(Position at) {
        fields.required("KAFKA_BOOTSTRAP_SERVERS", "such as broker1:9092,broker2:9092", at);
        fields.oneOf("KAFKA_SECURITY_PROTOCOL", List.of("PLAINTEXT", "SASL_SSL"));
        // the page that lists the mechanisms misspells the last one.
        fields.oneOf(
                "KAFKA_SASL_MECHANISM",
                List.of("PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512", "OAUTHBEARER", "OAUTHBREARER"));
        fields.oneOf("KAFKA_SASL_OAUTHBEARER_METHOD", List.of("AWS"));
        return Vocabulary.KAFKA_CONNECTION;
    }

    private List<String> s3(Position at) {
        if (fields.text("S3_ARN") == null) {
            fields.required("S3_ACCESS_KEY", "and S3_SECRET, or S3_ARN", at);
            fields.required("S3_SECRET", "and S3_ACCESS_KEY, or S3_ARN", at);
        }
        if (fields.text("S3_REGION") == null) {
            problems.warn(at, "without S3_REGION every bucket's region has to be looked up");
        }
        return Vocabulary.S3_CONNECTION;
    }

    private List<String> gcs(Position at) {
        if (fields.text("GCS_SERVICE_ACCOUNT_CREDENTIALS_JSON") == null) {
            fields.required("GCS_ACCESS_ID", "and GCS_SECRET, or GCS_SERVICE_ACCOUNT_CREDENTIALS_JSON", at);
            fields.required("GCS_SECRET", "and GCS_ACCESS_ID, or GCS_SERVICE_ACCOUNT_CREDENTIALS_JSON", at);
        }
        return Vocabulary.GCS_CONNECTION;
    }

    private static Directive corrected(Directive setting) {
        var misspelt =
                setting.name().equals("KAFKA_SASL_MECHANISM") && setting.value().equalsIgnoreCase("OAUTHBREARER");
        return misspelt ? new Directive(setting.name(), "OAUTHBEARER", setting.at()) : setting;
    }
}
