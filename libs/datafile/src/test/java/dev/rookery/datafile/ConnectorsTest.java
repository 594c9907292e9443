package dev.rookery.datafile;

import static dev.rookery.datafile.Parsed.assertValue;
import static dev.rookery.datafile.Parsed.connection;
import static dev.rookery.datafile.Parsed.datasource;
import static dev.rookery.datafile.Parsed.errors;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ConnectorsTest {

    private static final String PATH = "datasources/events.datasource";
    private static final String SCHEMA = "SCHEMA >\n    `a` String\n\n";

    @Nested
    class Kafka {

        @Test
        @DisplayName("DFD-19, KA-8 to KA-14: every setting")
        void everySetting() {
            var kafka = datasource(SCHEMA + """
                    KAFKA_CONNECTION_NAME 'broker'
                    KAFKA_TOPIC orders.v1
                    KAFKA_GROUP_ID {{ tb_secret("GROUP") }}
                    KAFKA_AUTO_OFFSET_RESET 'earliest'
                    KAFKA_STORE_HEADERS True
                    KAFKA_STORE_RAW_VALUE 'False'
                    KAFKA_KEY_FORMAT json_without_schema
                    KAFKA_VALUE_FORMAT avro
                    """).connector();
            assertThat(kafka)
                    .isEqualTo(new Connector.Kafka(
                            Located.of("broker"),
                            Located.of("orders.v1"),
                            Located.of("{{ tb_secret(\"GROUP\") }}"),
                            Located.of("earliest"),
                            Located.of(true),
                            Located.of(false),
                            Located.of("json_without_schema"),
                            Located.of("avro"),
                            java.util.List.of(),
                            Position.NONE));
            assertThat(kafka).isNotNull().extracting(Connector::at).hasToString("4:1");
        }

        @Test
        @DisplayName("KA-15: older settings are kept apart")
        void legacy() {
            var kafka = (Connector.Kafka) datasource(SCHEMA + """
                    KAFKA_CONNECTION_NAME 'broker'
                    KAFKA_TOPIC 't'
                    KAFKA_GROUP_ID 'g'
                    KAFKA_TARGET_PARTITIONS 'auto'
                    KAFKA_STORE_BINARY_HEADERS 'True'
                    KAFKA_KEY_AVRO_DESERIALIZATION ''
                    """).connector();
            assertThat(kafka).isNotNull();
            assertThat(kafka.legacy())
                    .containsExactly(
                            new Directive("KAFKA_STORE_BINARY_HEADERS", "True", Position.NONE),
                            new Directive("KAFKA_TARGET_PARTITIONS", "auto", Position.NONE),
                            new Directive("KAFKA_KEY_AVRO_DESERIALIZATION", "", Position.NONE));
        }

        @Test
        @DisplayName("DFD-19: the required settings, and only known values")
        void errorsOfKafka() {
            assertThat(errors(PATH, SCHEMA + "KAFKA_TOPIC t\nKAFKA_AUTO_OFFSET_RESET first\nKAFKA_STORE_HEADERS maybe"))
                    .containsExactly(
                            PATH + ":4:1: expected KAFKA_CONNECTION_NAME with the name of a .connection file",
                            PATH + ":4:1: expected KAFKA_GROUP_ID with the consumer group",
                            PATH + ":5:1: KAFKA_AUTO_OFFSET_RESET is \"first\", expected one of earliest, latest",
                            PATH + ":6:1: KAFKA_STORE_HEADERS is \"maybe\", expected one of 0, 1, false, true");
        }
    }

    @Nested
    class Imports {

        @Test
        @DisplayName("DFD-21, S3-3: every setting, bare or quoted")
        void everySetting() {
            assertThat(datasource(SCHEMA + """
                    IMPORT_CONNECTION_NAME 'tb-s3'
                    IMPORT_BUCKET_URI s3://bucket/path/**/*.ndjson.gz
                    IMPORT_SCHEDULE '@auto'
                    IMPORT_FROM_TIMESTAMP 2025-01-01T00:00:00Z
                    """).connector())
                    .isEqualTo(new Connector.ObjectStorage(
                            Located.of("tb-s3"),
                            Located.of("s3://bucket/path/**/*.ndjson.gz"),
                            Located.of("@auto"),
                            Located.of("2025-01-01T00:00:00Z"),
                            java.util.List.of(),
                            Position.NONE));
        }

        @Test
        @DisplayName("S3-46: an older service is kept with its lines")
        void olderService() {
            var storage = (Connector.ObjectStorage) datasource(SCHEMA + """
                    IMPORT_SERVICE 'snowflake'
                    IMPORT_SCHEDULE '5 */2 * * *'
                    IMPORT_QUERY 'select * from orders'
                    """).connector();
            assertThat(storage).isNotNull();
            assertThat(storage.legacy()).extracting(Directive::name).containsExactly("IMPORT_SERVICE", "IMPORT_QUERY");
            assertThat(storage.legacy().getFirst().at()).hasToString("4:1");
        }

        @Test
        @DisplayName("DFD-21: required settings and known schedules")
        void errorsOfImports() {
            assertThat(errors(PATH, SCHEMA + "IMPORT_SCHEDULE @never\nIMPORT_FROM_TIMESTAMP yesterday"))
                    .satisfiesExactly(
                            e -> assertThat(e).startsWith(PATH + ":4:1: expected IMPORT_CONNECTION_NAME"),
                            e -> assertThat(e).startsWith(PATH + ":4:1: expected IMPORT_BUCKET_URI"),
                            e -> assertThat(e).startsWith(PATH + ":4:1: IMPORT_SCHEDULE is \"@never\""),
                            e -> assertThat(e).startsWith(PATH + ":5:1: expected IMPORT_FROM_TIMESTAMP YYYY"));
        }
    }

    @Test
    @DisplayName("DFD-20, KA-16: meta columns serve in keys and defaults without being in the schema")
    void metaColumns() {
        var file = datasource("""
                SCHEMA >
                    `id` String DEFAULT JSONExtractString(__value, '_id')
                ENGINE_PARTITION_KEY "toYYYYMM(__timestamp)"
                KAFKA_CONNECTION_NAME broker
                KAFKA_TOPIC t
                KAFKA_GROUP_ID g
                """);
        assertThat(file.columns()).hasSize(1);
        assertValue(file.engine().partitionKey()).isEqualTo("toYYYYMM(__timestamp)");
    }

    @Test
    @DisplayName("DFD-22, DFC-5: files that differ only in layout and comments are equal, other settings are not")
    void comparison() {
        var settings = "IMPORT_CONNECTION_NAME c\nIMPORT_BUCKET_URI s3://b/*.csv\nIMPORT_SCHEDULE ";
        var once = datasource(SCHEMA + settings + "@once");
        assertThat(datasource("# moved\n\n" + SCHEMA + settings + "'@once' # by hand"))
                .isEqualTo(once);
        assertThat(datasource(SCHEMA + settings + "@auto")).isNotEqualTo(once);
    }

    @Test
    @DisplayName("DFG-4, DFC-6: a data source names its connection, with the line; secrets stay as they are written")
    void referenceToConnection() {
        var storage = (Connector.ObjectStorage) datasource(
                        SCHEMA
                                + "IMPORT_CONNECTION_NAME store\nIMPORT_BUCKET_URI {{ tb_secret('URI') }}\nIMPORT_SCHEDULE @once")
                .connector();
        assertThat(storage).isNotNull();
        assertThat(storage.connection()).isNotNull().extracting(Located::at).hasToString("4:1");
        assertValue(storage.bucketUri()).isEqualTo("{{ tb_secret('URI') }}");
    }

    @Test
    @DisplayName("one connector per data source")
    void both() {
        assertThat(errors(PATH, SCHEMA + "KAFKA_TOPIC t\nIMPORT_SCHEDULE @auto"))
                .singleElement()
                .asString()
                .startsWith(PATH + ":5:1: a data source has one connector");
    }

    @Nested
    class Connections {

        @Test
        @DisplayName("DFC-1, DFC-2, KA-7: Kafka with secrets and a certificate of several lines")
        void kafka() {
            var file = connection("""
                    TYPE kafka
                    KAFKA_BOOTSTRAP_SERVERS {{ tb_secret("SERVERS", "localhost:9092") }}
                    KAFKA_SECURITY_PROTOCOL SASL_SSL
                    KAFKA_SASL_MECHANISM scram-sha-256
                    KAFKA_KEY {{ tb_secret("KEY", "") }}
                    KAFKA_SECRET {{ tb_secret("SECRET") }}
                    KAFKA_SSL_CA_PEM >
                        -----BEGIN CERTIFICATE-----
                        MIIB
                        -----END CERTIFICATE-----
                    """);
            assertThat(file.name()).isEqualTo("broker");
            assertThat(file.type()).isEqualTo(Located.of(ConnectionFile.Type.KAFKA));
            assertThat(file.setting("KAFKA_SSL_CA_PEM"))
                    .map(Directive::value)
                    .contains("-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----");
            assertThat(file.setting("KAFKA_BOOTSTRAP_SERVERS"))
                    .map(Directive::value)
                    .contains("{{ tb_secret(\"SERVERS\", \"localhost:9092\") }}");
        }

        @Test
        @DisplayName("X-22: the misspelt mechanism of the reference is understood")
        void misspeltMechanism() {
            assertThat(connection("TYPE kafka\nKAFKA_BOOTSTRAP_SERVERS b:1\nKAFKA_SASL_MECHANISM OAUTHBREARER")
                            .setting("KAFKA_SASL_MECHANISM"))
                    .map(Directive::value)
                    .contains("OAUTHBEARER");
        }

        @Test
        @DisplayName("DFC-3, SS-1, SS-2: S3 by role or by keys")
        void s3() {
            assertThat(connection("TYPE s3\nS3_REGION \"eu-west-1\"\nS3_ARN \"arn:aws:iam::1:role/x\"")
                            .settings())
                    .hasSize(2);
            assertThat(connection("TYPE s3\nS3_REGION eu-west-1\nS3_ACCESS_KEY {{ tb_secret('k') }}\nS3_SECRET s")
                            .settings())
                    .hasSize(3);
            assertThat(errors("connections/s.connection", "TYPE s3\nS3_REGION eu-west-1\nS3_ACCESS_KEY k"))
                    .containsExactly("connections/s.connection:1:1: expected S3_SECRET and S3_ACCESS_KEY, or S3_ARN");
        }

        @Test
        @DisplayName("DFC-4, GS-1: GCS by service account or by keys")
        void gcs() {
            assertThat(connection("TYPE gcs\nGCS_SERVICE_ACCOUNT_CREDENTIALS_JSON {{ tb_secret(\"GCS_KEY\") }}")
                            .settings())
                    .hasSize(1);
            assertThat(errors("connections/g.connection", "TYPE gcs")).hasSize(2);
        }

        @Test
        @DisplayName("DFC-1: a type is required, and settings of other types are refused")
        void errorsOfConnections() {
            assertThat(errors("connections/c.connection", "KAFKA_KEY k"))
                    .containsExactly("connections/c.connection:1:1: expected TYPE kafka, s3 or gcs");
            assertThat(errors("connections/c.connection", "TYPE gcs\nGCS_ACCESS_ID a\nGCS_SECRET b\nS3_REGION r"))
                    .containsExactly(
                            "connections/c.connection:4:1: S3_REGION does not belong to a connection of TYPE GCS");
        }
    }
}
