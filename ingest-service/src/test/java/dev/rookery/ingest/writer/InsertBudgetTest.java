package dev.rookery.ingest.writer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("ALGORITHMS 11: the insert budget")
class InsertBudgetTest {
    private static final long SECOND = 1_000_000_000;

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 10 * SECOND);
    private final InsertBudget budget = new InsertBudget(100, now::get);

    /** Inserts that have begun after so many seconds, of writers that never pause. */
    private int begun(int seconds) {
        long end = now.get() + seconds * SECOND;
        int begun = 0;
        while (now.get() - end < 0) {
            now.addAndGet(budget.take());
            begun++;
        }
        return begun;
    }

    @Test
    @DisplayName("holds a writer that always has something to insert to its rate, also where the clock overflows")
    void rate() {
        assertThat(begun(20)).isBetween(2_000, 2_030);
    }

    @Test
    @DisplayName("lets a quarter of a second's inserts begin at once after a pause, and no more after a longer one")
    void burst() {
        begun(1);
        now.addAndGet(100 * SECOND);
        int atOnce = 0;
        while (budget.take() == 0) {
            atOnce++;
        }
        assertThat(atOnce).isBetween(24, 26);
    }

    @Test
    @DisplayName("is shared by the writers of a cluster as they share the partitions")
    void share() {
        budget.owns("fast", 2, 6);
        budget.owns("slow", 1, 6);

        assertThat(begun(20)).isBetween(495, 530);

        budget.owns("fast", 6, 6);
        budget.owns("slow", 6, 6);

        assertThat(begun(20)).isBetween(1_995, 2_030);
    }

    @Test
    @DisplayName("is not lost where a writer has no partition at the moment")
    void none() {
        budget.owns("fast", 0, 6);

        assertThat(begun(2)).isBetween(195, 230);
    }
}
