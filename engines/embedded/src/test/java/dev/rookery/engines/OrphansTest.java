package dev.rookery.engines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.rookery.engines.testing.TestEngines;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("When the process that started the engines is killed")
class OrphansTest {
    private static final Duration SECONDS = Duration.ofSeconds(20);

    @TempDir
    Path directory;

    @Test
    @DisplayName("the engines end by themselves, and the next start finds the data")
    void orphansEnd() throws Exception {
        try (var parent = ParentProcess.startingEnginesIn(directory)) {
            var tree = parent.tree();
            assertThat(tree).hasSizeGreaterThan(EngineKind.values().length);
            assertThatThrownBy(() -> Engines.start(EngineSettings.in(directory)))
                    .isInstanceOf(EngineException.class)
                    .hasMessageContaining(
                            "in use by process " + parent.process().pid())
                    .hasMessageNotContaining("\n");

            parent.process().destroyForcibly().waitFor();

            await().atMost(SECONDS).until(() -> tree.stream().noneMatch(ProcessHandle::isAlive));
        }
        startsAgain();
    }

    @Test
    @DisplayName("and the engines with it, the next start needs no help")
    void wholeTreeKilled() throws Exception {
        try (var parent = ParentProcess.startingEnginesIn(directory)) {
            parent.tree().forEach(ProcessHandle::destroyForcibly);
        }
        startsAgain();
    }

    @Test
    @DisplayName("a Postgres that lost its watchdog is stopped by the next start")
    void postgresWithoutWatchdog() throws Exception {
        try (var engine = TestEngines.newPostgres()) {
            Mark mark = Mark.in(engine);
            mark.set();
            var shells = Processes.tree(engine.pid()).stream()
                    .filter(process -> process.info().command().orElse("").matches(".*/(sh|dash|bash|cat)"))
                    .toList();
            var server = Processes.tree(engine.pid()).stream()
                    .filter(process -> process.info().command().orElse("").endsWith("/postgres"))
                    .toList();
            assertThat(server).isNotEmpty();

            shells.forEach(ProcessHandle::destroyForcibly);
            await().atMost(SECONDS).until(() -> !engine.isRunning());
            assertThat(server).anyMatch(ProcessHandle::isAlive);
            engine.start();

            assertThat(server).noneMatch(ProcessHandle::isAlive);
            assertThat(mark.isSet()).isTrue();
        }
    }

    private void startsAgain() throws Exception {
        try (var engines = Engines.start(EngineSettings.in(directory))) {
            assertThat(engines.all()).hasSize(EngineKind.values().length);
            for (Engine engine : engines.all().values()) {
                assertThat(Mark.in(engine).isSet()).as(engine.kind().title()).isTrue();
            }
        }
    }
}
