package dev.rookery.standalone.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ProgressBarTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private Instant now = Instant.EPOCH;

    @Test
    @DisplayName("on a terminal one line is written over")
    void terminal() {
        var bar = bar(true);
        pass(Duration.ofSeconds(2));
        bar.update(50, 1_000);
        bar.finish(100, 3_000);

        assertThat(text())
                .isEqualTo("\r  [###############...............]  50%  1,000 rows  500 rows/s"
                        + "\r  [##############################] 100%  3,000 rows  1,500 rows/s\n");
    }

    @Test
    @DisplayName("elsewhere a line comes every five seconds, and one at the end")
    void plain() {
        var bar = bar(false);
        pass(Duration.ofSeconds(4));
        bar.update(10, 10);
        pass(Duration.ofSeconds(1));
        bar.update(20, 20);
        pass(Duration.ofSeconds(4));
        bar.update(30, 30);
        bar.finish(100, 90);

        assertThat(text().lines().map(String::strip))
                .containsExactly(
                        "[######........................]  20%  20 rows  4 rows/s",
                        "[##############################] 100%  90 rows  10 rows/s");
        assertThat(text()).doesNotContain("\r");
    }

    @Test
    @DisplayName("more steps than announced are not more than everything")
    void beyondTotal() {
        bar(false).finish(250, 1);

        assertThat(text()).contains("] 100%");
    }

    private ProgressBar bar(boolean terminal) {
        return new ProgressBar(new PrintStream(out, true, StandardCharsets.UTF_8), terminal, () -> now, 100);
    }

    private void pass(Duration duration) {
        now = now.plus(duration);
    }

    private String text() {
        return out.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
    }
}
