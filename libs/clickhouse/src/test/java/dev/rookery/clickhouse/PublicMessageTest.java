package dev.rookery.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rookery.catalog.clusters.ClusterCredential;
import dev.rookery.engines.clickhouse.ClickHouseConnection;
import dev.rookery.engines.testing.TestEngines;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("ClickHouse's messages in a tenant's words")
class PublicMessageTest {
    private static final String TABLE = "t_01kaaaaaaaaaaaaaaaaaaaaaaa";
    private static final ClickHouseConnection SERVER = TestEngines.clickHouse();
    private static final int NUMBER = TestEngines.nextWorkspaceNumber();
    private static final String DATABASE = ClickHouseConnection.databasePrefix(NUMBER);
    private static final ClickHouseHttp HTTP = new ClickHouseHttp(4, Duration.ofSeconds(30));

    @BeforeAll
    static void create() {
        var admin = SERVER.users().admin();
        var credential = new ClusterCredential(admin.user(), admin.password());
        for (String statement : new String[] {
            "CREATE DATABASE IF NOT EXISTS " + DATABASE,
            "CREATE OR REPLACE TABLE %s.%s (a String, n UInt64) ENGINE = Memory".formatted(DATABASE, TABLE),
            "INSERT INTO %s.%s VALUES ('x', 1)".formatted(DATABASE, TABLE)
        }) {
            HTTP.text(SERVER.http(), credential, ClickHouseRequest.of(statement));
        }
    }

    @AfterAll
    static void close() {
        HTTP.close();
    }

    private static String message(String statement) {
        var gateway = SERVER.users().gateway();
        var request = ClickHouseRequest.of(statement).with("role", ClickHouseConnection.role(NUMBER));
        ClickHouseException failure = catchThrowableOfType(
                ClickHouseException.class,
                () -> HTTP.text(SERVER.http(), new ClusterCredential(gateway.user(), gateway.password()), request));
        return PublicMessage.of(String.valueOf(failure.getMessage()), DATABASE, Map.of(TABLE, "events"));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "SELECT nope FROM %s.%s",
                "SELECT toUInt8(a) FROM %s.%s",
                "SELECT throwIf(n = 1) FROM %s.%s",
                "SELECT sum(a) FROM `%s`.`%s`",
                "SELECT * FROM %s.%s WHERE a = 1 GROUP BY",
                "SELECT * FROM %s.no_such_table, %s",
                "INSERT INTO %s.%s VALUES ('y', 2)",
                "DROP TABLE %s.%s"
            })
    @DisplayName("Real errors lose version, envelope and physical names, and keep their sense")
    void real(String statement) {
        String message = message(statement.formatted(DATABASE, TABLE));
        assertThat(message)
                .isNotBlank()
                .doesNotContain("DB::Exception", "(version", "official build", DATABASE, TABLE)
                .doesNotStartWith("Code:");
    }

    @Test
    @DisplayName("An unknown column is named, in the data source's name")
    void names() {
        assertThat(message("SELECT nope FROM %s.%s".formatted(DATABASE, TABLE)))
                .contains("nope")
                .contains("events");
    }

    @Test
    @DisplayName("Long messages are cut")
    void cut() {
        assertThat(PublicMessage.of("x".repeat(10_000), "ws_0001", Map.of())).hasSize(2_001);
    }
}
