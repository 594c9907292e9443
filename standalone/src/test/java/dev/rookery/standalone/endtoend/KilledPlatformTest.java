package dev.rookery.standalone.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Base64;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("up, killed and stopped")
class KilledPlatformTest {
    @TempDir
    Path directory;

    @Test
    @DisplayName(
            "kill -9 of the whole tree loses and doubles nothing; another key or run is refused; SIGTERM ends all in 10 s")
    void life() throws IOException {
        Path data = directory.resolve("data");
        UpProcess first = up(data).ready();
        TestWorkspace workspace = TestWorkspace.withShop(first);
        Set<Integer> acknowledged;
        try (var orders = new AcknowledgedOrders(workspace)) {
            await().atMost(Duration.ofMinutes(1)).until(orders::batches, batches -> batches >= 100);
            first.killTree();
            acknowledged = orders.stop();
        }

        withAnotherMasterKey(data, () -> assertRefused(up(data), "master.key", "not the master key"));

        UpProcess second = up(data).ready();
        TestWorkspace again = workspace.on(second);
        again.eventsAndWait(
                "orders", "{\"at\":\"2026-01-01 10:00:00\",\"id\":9000000,\"product\":\"p0\",\"amount\":9000000}");
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> AcknowledgedOrders.assertStoredOnce(again, acknowledged));

        assertRefused(up(data), data.toString(), "in use");
        assertRefused(up(data, "--fresh"), data.toString(), "in use");
        AcknowledgedOrders.assertStoredOnce(again, acknowledged);

        Set<ProcessHandle> tree = second.tree();
        assertThat(tree).hasSizeGreaterThanOrEqualTo(4);
        second.terminate();
        await("everything ended")
                .atMost(Duration.ofSeconds(10))
                .until(() -> tree.stream().noneMatch(ProcessHandle::isAlive)
                        && second.tree().isEmpty());
        assertThat(second.ended().error()).isEmpty();
    }

    private UpProcess up(Path data, String... arguments) {
        return new UpProcess(data, directory, arguments);
    }

    private static void withAnotherMasterKey(Path data, Runnable test) throws IOException {
        Path key = data.resolve("master.key");
        Path right = Files.copy(key, data.resolveSibling("master.key.right"), StandardCopyOption.COPY_ATTRIBUTES);
        Files.writeString(key, Base64.getEncoder().encodeToString(new byte[32]) + "\n");
        test.run();
        Files.move(right, key, StandardCopyOption.REPLACE_EXISTING);
    }

    /** One line on stderr that names these, an exit code, and nothing left running of its own. */
    private static void assertRefused(UpProcess up, String... named) {
        UpProcess.Ending ending = up.ended();
        assertThat(ending.exitCode()).isNotZero();
        assertThat(ending.error().lines()).as(ending.error()).hasSize(1);
        assertThat(ending.error()).startsWith("rookery: ").contains(named);
        assertThat(up.output().lines().filter(Predicate.not(String::isBlank)))
                .noneMatch(line -> line.contains("Exception"));
    }
}
