package dev.rookery.engines.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.engines.testing.ClickHouseQueries;
import dev.rookery.engines.testing.TestEngines;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("A ClickHouse node survives")
@TestInstance(Lifecycle.PER_CLASS)
class HostileConnectionsTest {
    private static final int LISTEN_MILLIS = 300;

    private final ClickHouseEngine node = TestEngines.newClickHouse();
    private final long pid = node.pid();

    @BeforeAll
    void makeTable() {
        assertThat(ask("CREATE DATABASE ws_0001")).isEmpty();
        assertThat(ask("CREATE TABLE ws_0001.hostile (n Int32, s String) ENGINE = MergeTree ORDER BY n"))
                .isEmpty();
    }

    @AfterAll
    void stillTheSameProcess() {
        assertThat(node.isRunning()).isTrue();
        assertThat(ask("SELECT 1")).isEqualTo("1");
        node.close();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("vectors")
    @Execution(ExecutionMode.CONCURRENT)
    @DisplayName("a hostile connection")
    void survives(HostileConnections.Vector vector) throws IOException {
        RawClient.send(vector.port(), vector.bytes(), LISTEN_MILLIS, vector.ending());

        assertThat(ask("SELECT 1")).isEqualTo("1");
        assertThat(node.pid()).isEqualTo(pid);
        assertThat(node.isRunning()).isTrue();
    }

    List<HostileConnections.Vector> vectors() {
        return new HostileConnections(node.connection()).all();
    }

    private String ask(String query) {
        var connection = node.connection();
        return ClickHouseQueries.run(connection, connection.users().admin(), "", query);
    }
}
