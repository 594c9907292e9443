package dev.rookery.limits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.catalog.OrganizationId;
import dev.rookery.limits.rates.TestDatabase;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.simple.JdbcClient;

@DisplayName("What plans allow (LIM)")
class OrganizationLimitsTest {
    private static final JdbcClient JDBC = JdbcClient.create(TestDatabase.shared());

    private static OrganizationId organization(String plan) {
        var id = new OrganizationId(UUID.randomUUID());
        JDBC.sql("insert into organizations (id, name, plan) values (:id, 'x', :plan)")
                .param("id", id.value())
                .param("plan", plan)
                .update();
        return id;
    }

    private static PlanLimits limits(OrganizationId organization) {
        return new OrganizationLimits(JDBC, new LimitsProperties(true, 0)).of(organization);
    }

    /** From the page, apart from the code; -1 is no limit. */
    @ParameterizedTest
    @CsvSource({
        "LIM-1,   queries.per-day,             1000,        -1,          -1,            -1",
        "LIM-2,   queries.per-second,          10,          10,          100,           -1",
        "LIM-2,   queries.burst,               20,          -1,          -1,            -1",
        "LIM-7,   queries.ceiling-per-second,  -1,          40,          400,           -1",
        "LIM-29,  queries.guarded-at-memory-percent, 70, 70,        80,            -1",
        "LIM-3,   storage.size,                10000000000, 25000000000, 1000000000000, -1",
        "LIM-4,   compute.vcpu-thousandths,    500,         250,         4000,          -1",
        "LIM-4,   query.threads,               1,           1,           4,             -1",
        "LIM-11,  workspaces,                  90,          90,          90,            -1",
        "LIM-11,  members,                     90,          90,          90,            -1",
        "LIM-11,  datasources,                 100,         100,         100,           -1",
        "LIM-12,  copies.pipes,                20,          100,         200,           -1",
        "LIM-12,  copies.time,                 20,          30,          1800,          -1",
        "LIM-12,  copies.period,               3600,        600,         60,            -1",
        "LIM-12,  copies.active-jobs,          1,           3,           6,             -1",
        "LIM-13,  sinks.pipes,                 0,           3,           10,            -1",
        "LIM-13,  sinks.time,                  -1,          30,          300,           -1",
        "LIM-13,  sinks.memory,                -1,          10000000000, 10000000000,   -1",
        "LIM-14,  deletes.active-jobs,         1,           3,           6,             -1",
        "LIM-15,  tokens,                      100000,      100000,      100000,        -1",
        "LIM-15,  secrets,                     100,         100,         100,           -1",
        "LIM-16,  columns,                     500,         500,         500,           -1",
        "LIM-17,  ingest.body,                 8388608,     8388608,     8388608,       -1",
        "LIM-18,  ingest.file-parquet,         1073741824,  5368709120,  5368709120,    -1",
        "LIM-20,  ingest.partitions-at-once,   12,          12,          12,            -1",
        "LIM-22,  query.sql,                   8192,        8192,        8192,          -1",
        "LIM-22,  query.result,                104857600,   104857600,   104857600,     -1",
        "LIM-22,  query.time,                  10,          10,          10,            -1",
        "LIM-23,  ingest.creates-per-minute,   25,          25,          25,            -1",
        "LIM-24,  ingest.loads-per-minute,     5,           5,           5,             -1",
        "LIM-25,  ingest.events-per-second,    100,         100,         100,           -1"
    })
    @DisplayName("the limits page")
    void page(String row, String key, long free, long developer, long enterprise, long dedicated) {
        Limit limit = Limit.find(key).orElseThrow();
        Map<String, Long> expected =
                Map.of("free", free, "developer", developer, "enterprise", enterprise, "dedicated", dedicated);
        expected.forEach((plan, value) -> assertThat(
                        limits(organization(plan)).get(limit).orElse(-1))
                .as("%s %s %s", row, plan, key)
                .isEqualTo(value));
    }

    private static void planLimit(String plan, String name, @Nullable Long value) {
        JDBC.sql("insert into plan_limits (plan, name, value) values (:plan, :name, :value)")
                .param("plan", plan)
                .param("name", name)
                .param("value", value, java.sql.Types.BIGINT)
                .update();
    }

    @Test
    @DisplayName("the operator's plan has its own limits, and an organization what was agreed with it")
    void ofTheOperator() {
        String plan = "gold-" + UUID.randomUUID().toString().substring(0, 8);
        planLimit(plan, "queries.per-second", 50L);
        planLimit(plan, "queries.per-day", null);
        OrganizationId first = organization(plan);
        OrganizationId second = organization(plan);
        JDBC.sql("insert into organization_limits (organization_id, name, value) values (:id, 'tokens', 7)")
                .param("id", second.value())
                .update();

        assertThat(limits(first).values()).containsOnly(Map.entry(Limit.QUERIES_PER_SECOND, 50L));
        assertThat(limits(second).values())
                .containsOnly(Map.entry(Limit.QUERIES_PER_SECOND, 50L), Map.entry(Limit.TOKENS, 7L));
        assertThat(limits(second).plan()).isEqualTo(plan);
    }

    @Test
    @DisplayName("one limit of a shipped plan is lifted for an organization")
    void lifted() {
        OrganizationId organization = organization("free");
        JDBC.sql("insert into organization_limits (organization_id, name) values (:id, 'queries.per-day')")
                .param("id", organization.value())
                .update();
        assertThat(limits(organization).get(Limit.QUERIES_PER_DAY)).isEqualTo(OptionalLong.empty());
        assertThat(limits(organization).get(Limit.QUERIES_PER_SECOND)).hasValue(10);
    }

    @Test
    @DisplayName("a plan that nobody described is the free one, also with something agreed")
    void unknownPlan() {
        OrganizationId organization = organization("typo");
        JDBC.sql("insert into organization_limits (organization_id, name, value) values (:id, 'tokens', 7)")
                .param("id", organization.value())
                .update();
        assertThat(limits(organization).get(Limit.QUERIES_PER_SECOND)).hasValue(10);
        assertThat(limits(organization).get(Limit.TOKENS)).hasValue(7);
    }

    @Test
    @DisplayName("where limits are not enforced there are none")
    void notEnforced() {
        var limits = new OrganizationLimits(JDBC, new LimitsProperties(false, 0)).of(organization("free"));
        assertThat(limits.values()).isEmpty();
    }
}
