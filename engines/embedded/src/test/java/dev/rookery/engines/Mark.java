package dev.rookery.engines;

import dev.rookery.engines.broker.KafkaEngine;
import dev.rookery.engines.clickhouse.ClickHouseEngine;
import dev.rookery.engines.objectstore.S3Engine;
import dev.rookery.engines.postgres.PostgresEngine;
import dev.rookery.engines.testing.ClickHouseQueries;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;

/** Something stored in an engine, acknowledged by it, and to be found again later. */
interface Mark {
    /** Stores it. */
    void set() throws Exception;

    /** Whether it is there. */
    boolean isSet() throws Exception;

    static Mark in(Engine engine) {
        return switch (engine) {
            case ClickHouseEngine node -> new InClickHouse(node);
            case PostgresEngine server -> new InPostgres(server);
            case KafkaEngine node -> new InKafka(node);
            case S3Engine server -> new InS3(server);
            default -> throw new IllegalArgumentException(engine.toString());
        };
    }

    record InClickHouse(ClickHouseEngine node) implements Mark {
        @Override
        public void set() {
            ask("CREATE DATABASE ws_0001");
            ask("CREATE TABLE ws_0001.marks (n Int32) ENGINE = MergeTree ORDER BY n");
            ask("INSERT INTO ws_0001.marks VALUES (42)");
        }

        @Override
        public boolean isSet() {
            return ask("SELECT n FROM ws_0001.marks").equals("42");
        }

        private String ask(String query) {
            return ClickHouseQueries.run(
                    node.connection(), node.connection().users().admin(), "", query);
        }
    }

    record InPostgres(PostgresEngine server) implements Mark {
        @Override
        public void set() throws SQLException {
            run("CREATE TABLE marks AS SELECT 42 AS n");
        }

        @Override
        public boolean isSet() throws SQLException {
            return run("SELECT n FROM marks") == 42;
        }

        private int run(String sql) throws SQLException {
            var to = server.connection();
            try (var connection = DriverManager.getConnection(
                            to.jdbcUrl(),
                            to.credentials().user(),
                            to.credentials().password());
                    var statement = connection.createStatement()) {
                if (!statement.execute(sql)) {
                    return statement.getUpdateCount();
                }
                try (var rows = statement.getResultSet()) {
                    return rows.next() ? rows.getInt(1) : 0;
                }
            }
        }
    }

    record InKafka(KafkaEngine node) implements Mark {
        @Override
        public void set() throws Exception {
            try (var admin = Admin.create(address())) {
                admin.createTopics(List.of(new NewTopic("marks", 1, (short) 1)))
                        .all()
                        .get(30, TimeUnit.SECONDS);
            }
            try (var producer = new KafkaProducer<>(address(), new StringSerializer(), new StringSerializer())) {
                producer.send(new ProducerRecord<>("marks", "42")).get(30, TimeUnit.SECONDS);
            }
        }

        @Override
        public boolean isSet() throws Exception {
            var partition = new TopicPartition("marks", 0);
            try (var admin = Admin.create(address())) {
                return admin.listOffsets(Map.of(partition, OffsetSpec.latest()))
                                .partitionResult(partition)
                                .get(30, TimeUnit.SECONDS)
                                .offset()
                        == 1;
            }
        }

        private Map<String, Object> address() {
            return Map.of("bootstrap.servers", node.connection().bootstrapServers());
        }
    }

    record InS3(S3Engine server) implements Mark {
        @Override
        public void set() {
            server.createBucket("marks");
            SignedS3.put(server.connection(), "/marks/one", "42");
        }

        @Override
        public boolean isSet() {
            return SignedS3.get(server.connection(), "/marks/one").equals("42");
        }
    }
}
