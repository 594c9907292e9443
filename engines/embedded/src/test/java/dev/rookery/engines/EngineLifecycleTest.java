package dev.rookery.engines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.engines.testing.TestEngines;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("The life of an engine")
class EngineLifecycleTest {
    private static final Duration STOP_LIMIT = Duration.ofSeconds(8);

    @ParameterizedTest(name = "{0}")
    @EnumSource(EngineKind.class)
    @DisplayName("its data survive a restart, and a kill")
    void dataSurvive(EngineKind kind) throws Exception {
        try (Engine engine = started(kind)) {
            Mark mark = Mark.in(engine);
            mark.set();
            assertThat(mark.isSet()).isTrue();

            long first = engine.pid();
            engine.restart();
            assertThat(engine.pid()).isNotEqualTo(first);
            assertThat(mark.isSet()).isTrue();

            engine.kill();
            assertThat(engine.isRunning()).isFalse();
            engine.start();
            assertThat(mark.isSet()).isTrue();
        }
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(EngineKind.class)
    @DisplayName("it stops within seconds and leaves no process, even from a pause")
    void stops(EngineKind kind) {
        Engine engine = started(kind);
        var processes = ProcessHandle.of(engine.pid()).stream()
                .flatMap(process -> Stream.concat(Stream.of(process), process.descendants()))
                .toList();
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
    @DisplayName("it goes on after a pause")
    void resumes(EngineKind kind) throws Exception {
        try (Engine engine = started(kind)) {
            engine.pause();
            engine.resume();

            Mark mark = Mark.in(engine);
            mark.set();
            assertThat(mark.isSet()).isTrue();
        }
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(EngineKind.class)
    @DisplayName("it cannot be started twice")
    void notTwice(EngineKind kind) {
        try (Engine engine = started(kind)) {
            assertThatThrownBy(engine::start)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("runs already");
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
