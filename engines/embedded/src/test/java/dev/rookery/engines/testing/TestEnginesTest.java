package dev.rookery.engines.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.DriverManager;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The shared engines")
class TestEnginesTest {
    @Test
    @DisplayName("ClickHouse answers its administrator")
    void clickHouse() {
        assertThat(ClickHouseQueries.asAdmin("SELECT 1")).isEqualTo("1");
    }

    @Test
    @DisplayName("every caller gets a Postgres database of its own")
    void databases() throws Exception {
        var first = TestEngines.newDatabase();
        var second = TestEngines.newDatabase();
        assertThat(first).isNotEqualTo(second);
        try (var connection = DriverManager.getConnection(
                        first.jdbcUrl(),
                        first.credentials().user(),
                        first.credentials().password());
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT current_database()")) {
            rows.next();
            assertThat(rows.getString(1)).isEqualTo(first.database());
        }
    }

    @Test
    @DisplayName("Kafka takes a topic")
    void kafka() throws Exception {
        try (var admin = Admin.create(
                Map.<String, Object>of("bootstrap.servers", TestEngines.kafka().bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic("made-by-a-test", 2, (short) 1)))
                    .all()
                    .get(30, TimeUnit.SECONDS);
            assertThat(admin.listTopics().names().get(30, TimeUnit.SECONDS)).contains("made-by-a-test");
        }
    }

    @Test
    @DisplayName("S3 takes an object from whoever signs, and refuses who does not")
    void s3() throws Exception {
        String object = TestEngines.s3().endpoint() + "/" + TestEngines.newBucket() + "/some/rows.csv";
        var keys = TestEngines.s3().credentials();
        String table = "s3('%s', '%s', '%s', 'CSV', 'n UInt64')".formatted(object, keys.user(), keys.password());

        assertThat(ClickHouseQueries.asAdmin("INSERT INTO FUNCTION " + table + " SELECT number FROM numbers(1000)"))
                .isEmpty();

        assertThat(ClickHouseQueries.asAdmin("SELECT sum(n) FROM " + table)).isEqualTo("499500");
        try (var client = HttpClient.newHttpClient()) {
            var unsigned = HttpRequest.newBuilder(URI.create(object)).build();
            assertThat(client.send(unsigned, BodyHandlers.ofString()).statusCode())
                    .isEqualTo(403);
        }
    }
}
