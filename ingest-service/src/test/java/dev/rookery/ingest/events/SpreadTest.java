package dev.rookery.ingest.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.catalog.ResourceId;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("ALGORITHMS 11: data sources that send much go to more than one partition")
class SpreadTest {
    private static final long SECOND = 1_000_000_000;

    private final AtomicLong now = new AtomicLong(5);
    private final Spread spread = new Spread(1_000, now::get);
    private final ResourceId source = new ResourceId(UUID.randomUUID());
    private final ResourceId other = new ResourceId(UUID.randomUUID());

    private int partitions() {
        return (int)
                IntStream.range(0, 100).map(_ -> spread.turn(source)).distinct().count();
    }

    @Test
    @DisplayName("one that sends little stays where it is")
    void little() {
        spread.took(source, 999);
        now.addAndGet(SECOND);

        assertThat(partitions()).isEqualTo(1);
        assertThat(spread.turn(source)).isZero();
    }

    @Test
    @DisplayName("one that sends three and a half times what a partition is to take goes to four, others to their own")
    void much() {
        assertThat(partitions()).isEqualTo(1);
        spread.took(source, 7_000);
        now.addAndGet(2 * SECOND);

        assertThat(partitions()).isEqualTo(4);
        assertThat(spread.turn(other)).isZero();
    }

    @Test
    @DisplayName("it comes back when it sends less")
    void lessAgain() {
        spread.took(source, 7_000);
        now.addAndGet(SECOND);
        assertThat(partitions()).isEqualTo(8);
        spread.took(source, 10);
        now.addAndGet(SECOND);

        assertThat(partitions()).isEqualTo(1);
    }
}
