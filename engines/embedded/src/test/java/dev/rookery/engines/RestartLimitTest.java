package dev.rookery.engines;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The limit of restarts")
class RestartLimitTest {
    @Test
    @DisplayName("refuses the sixth within a minute, and allows it later")
    void limits() {
        var time = new AtomicLong(1);
        var limit = new RestartLimit(time::get);
        for (int i = 0; i < RestartLimit.RESTARTS; i++) {
            assertThat(limit.isAllowed()).isTrue();
        }
        assertThat(limit.isAllowed()).isFalse();

        time.addAndGet(RestartLimit.WITHIN.toNanos() + 1);

        assertThat(limit.isAllowed()).isTrue();
    }
}
