package dev.rookery.controlplane.dataoperations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.controlplane.testing.FaultyClickHouse;
import dev.rookery.controlplane.testing.Http.Reply;
import dev.rookery.controlplane.testing.Tenant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Replaces with a sender at work, and with each kind of their statements lost or unanswered. */
@Execution(ExecutionMode.SAME_THREAD)
@DisplayName("RD-9 a replace loses no arriving row, whatever breaks")
class ReplaceFaultsTest {
    private static final boolean SOAK = Boolean.getBoolean("rookery.soak");
    private static final long EXISTING = 20_000;
    private static final long ARRIVING = Sender.FIRST;

    /** Statements of a replace, by how they begin. */
    static List<String> statements() {
        return SOAK
                ? List.of(
                        "SELECT DISTINCT _partition_id",
                        "CREATE TABLE IF NOT EXISTS",
                        "CREATE OR REPLACE TABLE",
                        "CREATE MATERIALIZED VIEW",
                        "KILL QUERY",
                        "TRUNCATE TABLE",
                        "INSERT INTO",
                        "SELECT DISTINCT partitionId",
                        "ALTER TABLE",
                        "DROP VIEW")
                : List.of("CREATE OR REPLACE TABLE", "INSERT INTO", "ALTER TABLE");
    }

    @ParameterizedTest
    @MethodSource("statements")
    @DisplayName("RD-9 with the answer to a statement lost")
    void unanswered(String statement) throws InterruptedException {
        replaceWith(statement, true);
    }

    @ParameterizedTest
    @MethodSource("statements")
    @EnabledIfSystemProperty(named = "rookery.soak", matches = "true")
    @DisplayName("RD-9 with a statement lost")
    void unsent(String statement) throws InterruptedException {
        replaceWith(statement, false);
    }

    private static void replaceWith(String statement, boolean reaches) throws InterruptedException {
        Tenant tenant = Tenant.create();
        try (var faulty = FaultyClickHouse.before(tenant)) {
            Chain.PROJECT.live(tenant.adminToken());
            Chain.send(tenant, 0, EXISTING);
            long sent;
            try (var sender = new Sender(tenant)) {
                CountDownLatch broken = faulty.breakOnce(text -> text.startsWith(statement), reaches);
                // Of the first day, the rows below EXISTING give way to one.
                Reply ended = Replace.run(
                        tenant,
                        "events",
                        "id < %d AND day = '2026-01-01'".formatted(ARRIVING),
                        "VALUES (5, 'n0', '2026-01-01')");
                assertThat(ended.text("/status")).as(ended.body()).isEqualTo("done");
                assertThat(broken.await(1, TimeUnit.SECONDS)).as(statement).isTrue();
                sent = sender.stop();
            }
            long days = EXISTING / 5;
            long count = EXISTING - days + 1 + (sent - ARRIVING);
            long ids = EXISTING * (EXISTING - 1) / 2
                    - 5 * (days * (days - 1) / 2)
                    + 5
                    + sent * (sent - 1) / 2
                    - ARRIVING * (ARRIVING - 1) / 2;
            String expected = "%d %d".formatted(count, ids);
            assertThat(Chain.sums(tenant)).containsExactly(expected, expected, expected);
            assertThat(Chain.one(tenant, "SELECT toString(uniqExact(id)) FROM $events", "events"))
                    .isEqualTo(Long.toString(count));
        }
    }
}
