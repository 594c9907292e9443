package dev.rookery.engines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.engines.testing.TestEngines;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("The life of an engine")
class EngineLifecycleTest {
    private static final Duration STOP_LIMIT = Duration.ofSeconds(8);

    @ParameterizedTest(name = "{0}")
    @EnumSource(EngineKind.class)
    @DisplayName("its data survive a kill, and a restart")
    void dataSurvive(EngineKind kind) throws Exception {
        try (Engine engine = started(kind)) {
            Mark mark = Mark.in(engine);
            mark.set();
            engine.kill();
            assertThat(engine.isRunning()).isFalse();
            engine.start();
            assertThat(mark.isSet()).isTrue();

            long pid = engine.pid();
            engine.restart();
            assertThat(engine.pid()).isNotEqualTo(pid);
            assertThat(mark.isSet()).isTrue();
        }
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(EngineKind.class)
    @DisplayName("it stops within seconds and leaves no process, even from a pause")
    void stops(EngineKind kind) {
        Engine engine = started(kind);
        var processes = Processes.tree(engine.pid());
        engine.pause();

        long began = System.nanoTime();
        engine.stop();

        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(STOP_LIMIT);
        assertThat(processes).noneMatch(ProcessHandle::isAlive);
        assertThat(engine.isRunning()).isFalse();
        engine.stop();
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(EngineKind.class)
    @DisplayName("it cannot be started twice, and goes on after a pause")
    void resumes(EngineKind kind) throws Exception {
        try (Engine engine = started(kind)) {
            assertThatThrownBy(engine::start)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("runs already");
            engine.pause();
            engine.resume();

            Mark mark = Mark.in(engine);
            mark.set();
            assertThat(mark.isSet()).isTrue();
        }
    }

    private static Engine started(EngineKind kind) {
        return switch (kind) {
            case CLICKHOUSE -> TestEngines.newClickHouse();
            case POSTGRES -> TestEngines.newPostgres();
            case KAFKA -> TestEngines.newKafka();
            case S3 -> TestEngines.newS3();
        };
    }
}
