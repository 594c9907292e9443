package dev.rookery.engines.containers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rookery.engines.EngineKind;
import dev.rookery.engines.testing.EngineProvider;
import dev.rookery.engines.testing.TestEngines;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.DriverManager;
import java.util.ServiceLoader;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The shared engines in containers")
class ContainerEnginesTest {
    @Test
    @DisplayName("are found by their name, and nothing is started by that")
    void found() {
        assertThat(ServiceLoader.load(EngineProvider.class))
                .singleElement()
                .isInstanceOf(ContainerEngines.class)
                .extracting(EngineProvider::name)
                .isEqualTo("containers");
    }

    @Test
    @DisplayName("Postgres runs elsewhere than on the loopback address, and makes databases")
    void postgres() throws Exception {
        assumeTrue(isChosen(EngineKind.POSTGRES));
        var database = TestEngines.newDatabase();
        try (var connection = DriverManager.getConnection(
                        database.jdbcUrl(),
                        database.credentials().user(),
                        database.credentials().password());
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT current_database(), host(inet_server_addr())")) {
            rows.next();
            assertThat(rows.getString(1)).isEqualTo(database.database());
            assertThat(InetAddress.getByName(rows.getString(2)).isLoopbackAddress())
                    .isFalse();
        }
    }

    @Test
    @DisplayName("Kafka says how to reach it")
    void kafka() {
        assumeTrue(isChosen(EngineKind.KAFKA));
        assertThat(TestEngines.kafka().bootstrapServers()).contains(":");
    }

    @Test
    @DisplayName("ClickHouse has no pool of roles; a workspace number brings its role")
    void clickHouse() {
        assumeTrue(isChosen(EngineKind.CLICKHOUSE));
        assertThat(TestEngines.clickHouse().rolePool()).isZero();
        assertThat(TestEngines.nextWorkspaceNumber()).isPositive();
    }

    @Test
    @DisplayName("S3 has the bucket, and refuses who does not sign")
    void s3() throws Exception {
        assumeTrue(isChosen(EngineKind.S3));
        var bucket = URI.create(TestEngines.s3().endpoint() + "/" + TestEngines.newBucket());
        try (var client = HttpClient.newHttpClient()) {
            assertThat(client.send(HttpRequest.newBuilder(bucket).build(), BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(403);
        }
    }

    /** Under the profile, an engine is in a container when it is named, or when none is. */
    private static boolean isChosen(EngineKind kind) {
        boolean someNamed = false;
        for (EngineKind other : EngineKind.values()) {
            someNamed |= "containers".equals(System.getProperty("rookery.engines." + other.key()));
        }
        String own = System.getProperty("rookery.engines." + kind.key());
        return own == null
                ? !someNamed && "containers".equals(System.getProperty("rookery.engines"))
                : own.equals("containers");
    }
}
