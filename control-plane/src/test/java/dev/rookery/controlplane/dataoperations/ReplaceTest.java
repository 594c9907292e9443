package dev.rookery.controlplane.dataoperations;

import static dev.rookery.controlplane.dataoperations.Chain.send;
import static dev.rookery.controlplane.dataoperations.Chain.sums;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.controlplane.deployments.Reaping;
import dev.rookery.controlplane.testing.ControlPlane;
import dev.rookery.controlplane.testing.Http.Reply;
import dev.rookery.controlplane.testing.Tenant;
import dev.rookery.controlplane.testing.Upload;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("mode=replace, its second half")
class ReplaceTest {
    private static Tenant characters(String partitionKey) {
        Tenant tenant = Tenant.create();
        Upload.of("characters.datasource", """
                        SCHEMA >
                            `age` Int32, `name` String, `profession` String

                        ENGINE MergeTree
                        ENGINE_SORTING_KEY name
                        ENGINE_PARTITION_KEY %s
                        """.formatted(partitionKey)).live(tenant.adminToken());
        tenant.insert("characters", "VALUES (19, 'Luke', 'Jedi'), (900, 'Yoda', 'Jedi'), (30, 'Han', 'Smuggler')");
        return tenant;
    }

    private static List<String> names(Tenant tenant) {
        return tenant.rows("SELECT name FROM $characters ORDER BY name", "characters");
    }

    private static void done(Reply ended) {
        assertThat(ended.text("/status")).as(ended.body()).isEqualTo("done");
    }

    private static void failed(Reply ended, String why) {
        assertThat(ended.text("/status")).as(ended.body()).isEqualTo("error");
        assertThat(ended.error()).contains(why);
    }

    @Nested
    @DisplayName("by condition")
    class ByCondition {
        @Test
        @DisplayName("RD-1 RD-2 the partition of the payload loses the rows that match, and gets the payload")
        void sameKey() {
            Tenant tenant = characters("profession");
            done(Replace.run(tenant, "characters", "profession = 'Jedi'", "VALUES (50, 'Mace Windu', 'Jedi')"));
            assertThat(names(tenant)).containsExactly("Han", "Mace Windu");
        }

        @Test
        @DisplayName("RD-3 RD-6 partitions that the payload does not name stay, also with rows that match")
        void otherKey() {
            Tenant tenant = characters("name");
            done(Replace.run(tenant, "characters", "profession = 'Jedi'", "VALUES (50, 'Mace Windu', 'Jedi')"));
            assertThat(names(tenant)).containsExactly("Han", "Luke", "Mace Windu", "Yoda");
        }

        @Test
        @DisplayName("RD-4 RD-5 rows of the payload that do not match are dropped; old ones that do not match stay")
        void filtered() {
            Tenant tenant = characters("tuple()");
            done(Replace.run(
                    tenant,
                    "characters",
                    "profession = 'Jedi' -- and no other",
                    "VALUES (50, 'Mace Windu', 'Jedi'), (60, 'Lando', 'Smuggler')"));
            assertThat(names(tenant)).containsExactly("Han", "Mace Windu");
        }

        @Test
        @DisplayName("RD-5 rows of which the condition says nothing stay")
        void nulls() {
            Tenant tenant = characters("tuple()");
            done(Replace.run(
                    tenant, "characters", "nullIf(age, 30) > 0", "VALUES (30, 'Nobody', 'None'), (1, 'Rey', 'Jedi')"));
            assertThat(names(tenant)).containsExactly("Han", "Rey");
        }

        @ParameterizedTest
        @ValueSource(strings = {"VALUES (60, 'Lando', 'Smuggler')", ""})
        @DisplayName("RD-7 a payload without a row that matches changes nothing")
        void nothing(String payload) {
            Tenant tenant = characters("profession");
            String before = tenant.table("characters");
            done(Replace.run(tenant, "characters", "profession = 'Jedi'", payload.isEmpty() ? null : payload));
            assertThat(names(tenant)).containsExactly("Han", "Luke", "Yoda");
            assertThat(tenant.table("characters")).isEqualTo(before);
        }

        @Test
        @DisplayName("RD-8 what is made from it by views follows, at all levels; nothing is left over")
        void cascade() {
            Tenant tenant = Chain.live();
            send(tenant, 0, 1000);
            done(Replace.run(
                    tenant,
                    "events",
                    "day = '2026-01-01' AND name = 'n0'",
                    "VALUES (5, 'n0', '2026-01-01'), (6, 'n0', '2026-01-02'), (7, 'n1', '2026-01-01')"));
            // n0 of the first day: 0, 35, 70, …, 980.
            String expected = "%d %d".formatted(1000 - 29 + 1, 499500 - 14210 + 5);
            assertThat(sums(tenant)).containsExactly(expected, expected, expected);
            assertThat(tenant.rows(
                            "SELECT concat(name, ' ', toString(sum(c))) FROM $counts"
                                    + " WHERE day = '2026-01-01' AND name IN ('n0', 'n1') GROUP BY name ORDER BY name",
                            "counts"))
                    .containsExactly("n0 1", "n1 29");
            send(tenant, 0, 10);
            String after = "%d %d".formatted(982, 499500 - 14210 + 5 + 45);
            assertThat(sums(tenant)).containsExactly(after, after, after);
            Chain.assertNothingLeft(tenant, Reaping::now);
        }

        @Test
        @DisplayName("RD-8 a target whose partitions do not correspond: refused, and nothing has changed")
        void incompatible() {
            Tenant tenant = Tenant.create();
            Chain.PROJECT
                    .with("totals.datasource", Chain.TOTALS.replace("PARTITION_KEY day", "PARTITION_KEY toYYYYMM(day)"))
                    .live(tenant.adminToken());
            send(tenant, 0, 100);
            List<String> before = sums(tenant);

            Reply ended = Replace.run(tenant, "events", "day = '2026-01-01'", "VALUES (5, 'n0', '2026-01-01')");

            failed(ended, "partition key of 'totals' is not compatible with that of 'counts'");
            assertThat(sums(tenant)).isEqualTo(before);
            send(tenant, 100, 10);
            assertThat(sums(tenant).getFirst()).isEqualTo("110 5995");
            Chain.assertNothingLeft(tenant, Reaping::now);
            Chain.PROJECT.live(tenant.adminToken());
        }

        @Test
        @DisplayName("RD-8 partition keys of another spelling that correspond")
        void compatible() {
            Tenant tenant = Tenant.create();
            Upload.of("events.datasource", """
                            SCHEMA >
                                `at` DateTime, `kind` LowCardinality(String), `n` UInt32

                            ENGINE MergeTree
                            ENGINE_PARTITION_KEY "toDate(at), kind"
                            ENGINE_SORTING_KEY at
                            """)
                    .with("hours.datasource", """
                            SCHEMA >
                                `hour` DateTime, `kind` String, `n` AggregateFunction(sum, UInt32)

                            ENGINE AggregatingMergeTree
                            ENGINE_PARTITION_KEY "toYYYYMMDD(hour), kind"
                            ENGINE_SORTING_KEY hour
                            """)
                    .withMaterialized(
                            "by_hour",
                            "SELECT toStartOfHour(at) AS hour, kind, sumState(n) AS n FROM events GROUP BY hour, kind",
                            "hours")
                    .live(tenant.adminToken());
            tenant.insert(
                    "events",
                    "SELECT toDateTime('2026-01-01 00:00:00') + number * 3600, 'k' || toString(number % 2), 1 FROM numbers(96)");
            done(Replace.run(
                    tenant,
                    "events",
                    "toDate(at) = '2026-01-02' AND kind = 'k0'",
                    "VALUES ('2026-01-02 05:00:00', 'k0', 100)"));
            assertThat(tenant.rows("SELECT concat(toString(sum(n)), ' ', toString(count())) FROM $events", "events"))
                    .containsExactly("184 85");
            assertThat(tenant.rows("SELECT toString(sumMerge(n)) FROM $hours", "hours"))
                    .containsExactly("184");
        }

        @Test
        @DisplayName("RD-8 the target of a view is replaced; rows that arrive for it go on")
        void target() {
            Tenant tenant = Chain.live();
            send(tenant, 0, 1000);
            done(Replace.run(tenant, "counts", "day = '2026-01-01'", "VALUES ('2026-01-01', 'n0', 1, 1)"));
            String counts = "%d %d".formatted(1000 - 200 + 1, 499500 - 99500 + 1);
            assertThat(sums(tenant)).containsExactly("1000 499500", counts, counts);
            send(tenant, 0, 10);
            String after = "%d %d".formatted(811, 499500 - 99500 + 46);
            assertThat(sums(tenant)).containsExactly("1010 499545", after, after);
            Chain.assertNothingLeft(tenant, Reaping::now);
        }

        @Test
        @DisplayName("DS-8 a condition that cannot be used fails the job with the reason")
        void condition() {
            Tenant tenant = Chain.live();
            for (String condition :
                    List.of("nothing = 1", "1) FROM counts WHERE (1", "id IN (SELECT 1 FROM url('x'))")) {
                failed(Replace.run(tenant, "events", condition, "VALUES (5, 'n0', '2026-01-01')"), "condition");
            }
        }

        @Test
        @DisplayName("RD-8 refused where a target is made from something else too")
        void shared() {
            Tenant tenant = Tenant.create();
            Chain.PROJECT
                    .with("more.datasource", Chain.EVENTS)
                    .withMaterialized("count_more", Chain.COUNT.replace("FROM events", "FROM more"), "counts")
                    .live(tenant.adminToken());
            send(tenant, 0, 10);
            failed(
                    Replace.run(tenant, "events", "day = '2026-01-01'", "VALUES (5, 'n0', '2026-01-01')"),
                    "'counts' is made from 'more' too");
            assertThat(sums(tenant).getFirst()).isEqualTo("10 45");
        }
    }

    @Nested
    @DisplayName("without condition")
    class Whole {
        @Test
        @DisplayName("DS-7 RD-8 the payload is all there is, and views follow")
        void whole() {
            Tenant tenant = Chain.live();
            send(tenant, 0, 1000);
            done(Replace.run(tenant, "events", null, "VALUES (5, 'n0', '2026-01-01'), (6, 'n1', '2027-01-01')"));
            assertThat(sums(tenant)).containsExactly("2 11", "2 11", "2 11");
            send(tenant, 0, 10);
            assertThat(sums(tenant)).containsExactly("12 56", "12 56", "12 56");
            Chain.assertNothingLeft(tenant, Reaping::now);
        }

        @Test
        @DisplayName("DS-7 a payload of no rows empties it; one of rows that do not fit changes nothing")
        void empty() {
            Tenant tenant = Chain.live();
            send(tenant, 0, 10);
            failed(
                    Chain.ended(
                            tenant,
                            Replace.begin(tenant, "events", null, null, 3).toString()),
                    "None of the rows fits");
            assertThat(sums(tenant)).containsExactly("10 45", "10 45", "10 45");
            done(Replace.run(tenant, "events", null, null));
            assertThat(sums(tenant)).containsExactly("0 0", "0 0", "0 0");
        }

        @Test
        @DisplayName("RD-8 partition keys need not correspond")
        void incompatible() {
            Tenant tenant = Tenant.create();
            Chain.PROJECT
                    .with("totals.datasource", Chain.TOTALS.replace("PARTITION_KEY day", "PARTITION_KEY tuple()"))
                    .live(tenant.adminToken());
            send(tenant, 0, 100);
            done(Replace.run(tenant, "events", null, "VALUES (5, 'n0', '2026-01-01')"));
            assertThat(sums(tenant)).containsExactly("1 5", "1 5", "1 5");
        }
    }

    @Test
    @DisplayName(
            "DEP-1 a replace fails while a deployment is staged, and a deployment is refused while one is replacing")
    void deployments() {
        Tenant tenant = Chain.live();
        send(tenant, 0, 10);
        Upload next = Chain.PROJECT.withEndpoint("top", "SELECT 1 AS x");
        next.deploy(tenant.adminToken());
        failed(Replace.run(tenant, "events", null, "VALUES (5, 'n0', '2026-01-01')"), "deployment in progress");
        Upload.setLive("2", tenant.adminToken());
        var plane = ControlPlane.shared();
        plane.jdbc()
                .sql("insert into data_operations (id, workspace_id, resource_id, kind, job_id)"
                        + " select gen_random_uuid(), workspace_id, resource_id, 'replace', id from jobs"
                        + " where workspace_id = :id and task = 'replace'")
                .param("id", tenant.id().value())
                .update();
        Reply refused = Chain.PROJECT.deploy(tenant.adminToken());
        assertThat(refused.status()).as(refused.body()).isEqualTo(409);
    }
}
