package dev.rookery.engines.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.engines.EngineException;
import dev.rookery.engines.process.FreePorts;
import dev.rookery.engines.testing.TestEngines;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A ClickHouse node that cannot start says why in one line")
class BadStartsTest {
    @TempDir
    Path directory;

    @Test
    @DisplayName("when its port is taken")
    void busyPort() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            var node = node(directory.resolve("node"), taken.getLocalPort());

            assertThatThrownBy(node::start)
                    .isInstanceOf(EngineException.class)
                    .hasMessageContaining("Port " + taken.getLocalPort())
                    .hasMessageNotContaining("\n");
            assertThat(node.isRunning()).isFalse();
        }
    }

    @Test
    @DisplayName("when another server works on its data")
    void dataInUse() throws Exception {
        try (var running = TestEngines.newClickHouse()) {
            Path home = Files.createDirectory(directory.resolve("node"));
            Files.createSymbolicLink(home.resolve("data"), running.home().resolve("data"));
            var second = node(home, FreePorts.choose(0));

            assertThatThrownBy(second::start)
                    .isInstanceOf(EngineException.class)
                    .hasMessageContaining("in use by another server")
                    .hasMessageNotContaining("\n");
            assertThat(running.isRunning()).isTrue();
        }
    }

    @Test
    @DisplayName("when the package is missing, or the file that the setting names")
    void noLibrary() {
        assertThatThrownBy(() -> ClickHousePackage.library("", directory))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("npm")
                .hasMessageContaining("ROOKERY_CLICKHOUSE_URL");
        assertThatThrownBy(() -> ClickHousePackage.library("/no/such/file.so", directory))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("/no/such/file.so");
    }

    private static ClickHouseEngine node(Path home, int httpPort) {
        return new ClickHouseEngine(
                home, home.resolveSibling("node.log"), new ClickHouseSettings(httpPort, FreePorts.choose(0), 0, 1));
    }
}
