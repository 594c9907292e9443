package dev.rookery.catalog.ingestion;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("ALGORITHMS.md B: write plans")
class WritePlanTest {
    private static List<String> tables(WritePlan plan, String accepted) {
        return plan.of(accepted).stream()
                .map(statement -> statement.graph() + " " + statement.table())
                .toList();
    }

    @Test
    @DisplayName("after several redirections every former name leads to the last table")
    void redirected() {
        WritePlan plan = WritePlan.AS_ACCEPTED.redirected("t_a", "t_b").redirected("t_b", "t_c");
        for (String accepted : List.of("t_a", "t_b", "t_c")) {
            assertThat(tables(plan, accepted)).as(accepted).containsExactly("live t_c");
        }
    }

    @Test
    @DisplayName("rows that name a former table reach a fork too")
    void alsoTo() {
        WritePlan plan = WritePlan.AS_ACCEPTED.redirected("t_a", "t_b").alsoTo("t_b", "o1", "t_n");
        for (String accepted : List.of("t_a", "t_b")) {
            assertThat(tables(plan, accepted)).as(accepted).containsExactly("live t_b", "o1 t_n");
        }
        assertThat(WritePlan.parse(plan.text())).isEqualTo(plan);
    }

    @Test
    @DisplayName("graphs that nobody uses and names that no record bears are left out")
    void tidied() {
        WritePlan plan = WritePlan.AS_ACCEPTED
                .redirected("t_a", "t_b")
                .alsoTo("t_b", "o1", "t_n")
                .alsoTo("t_b", "o2", "t_m");
        assertThat(plan.liveAnd(List.of("o2")).graphs()).containsExactlyInAnyOrder("live", "o2");
        assertThat(tables(plan.liveAnd(List.of()).withoutAccepted(List.of("t_a")), "t_a"))
                .as("as accepted")
                .containsExactly("live t_a");
    }
}
