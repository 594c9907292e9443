package dev.rookery.controlplane.dataoperations;

import static dev.rookery.controlplane.dataoperations.Chain.send;
import static dev.rookery.controlplane.dataoperations.Chain.sums;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rookery.controlplane.testing.ControlPlane;
import dev.rookery.controlplane.testing.FaultyClickHouse;
import dev.rookery.controlplane.testing.Http;
import dev.rookery.controlplane.testing.Http.Reply;
import dev.rookery.controlplane.testing.Tenant;
import dev.rookery.controlplane.testing.Upload;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("POST /v0/datasources/{name}/delete")
class DeleteRowsTest {
    private static Reply delete(Tenant tenant, String condition) {
        return delete(tenant, "events", condition, "");
    }

    private static Reply delete(Tenant tenant, String name, String condition, String more) {
        return Http.form(
                "POST",
                "/v0/datasources/" + name + "/delete",
                tenant.adminToken(),
                "delete_condition=" + Http.encode(condition) + more);
    }

    private static Reply deleted(Tenant tenant, String condition) {
        Reply begun = delete(tenant, condition);
        assertThat(begun.status()).as(begun.body()).isEqualTo(200);
        return Chain.ended(tenant, begun.text("/job_id"));
    }

    @Nested
    @DisplayName("200")
    class Returns200 {
        @Test
        @DisplayName("DS-11 DS-12 RD-10 the rows are gone, other rows and views stay; the job shows what it does")
        void deletes() {
            Tenant tenant = Chain.live();
            send(tenant, 0, 100);

            Reply begun = delete(tenant, "id >= 10 -- comment");

            assertThat(begun.status()).as(begun.body()).isEqualTo(200);
            String id = begun.text("/id");
            assertThat(begun.text("/job_id")).isEqualTo(id).isEqualTo(begun.text("/delete_id"));
            assertThat(begun.text("/job_url")).endsWith("/v0/jobs/" + id);
            assertThat(begun.text("/status")).isEqualTo("waiting");
            assertThat(begun.text("/job/kind")).isEqualTo("delete_data");
            assertThat(begun.text("/job/id")).isEqualTo(id);
            assertThat(begun.at("/job/started_at").isNull()).isTrue();
            assertThat(begun.at("/job/is_cancellable").asBoolean()).isTrue();
            assertThat(begun.text("/job/datasource/name")).isEqualTo("events");
            assertThat(begun.text("/job/delete_condition")).isEqualTo("id >= 10 -- comment");
            Reply ended = Chain.ended(tenant, id);
            assertThat(ended.text("/status")).as(ended.body()).isEqualTo("done");
            assertThat(ended.text("/delete_condition")).isEqualTo("id >= 10 -- comment");
            assertThat(sums(tenant)).containsExactly("10 45", "100 4950", "100 4950");
        }

        @Test
        @DisplayName("DS-11 a subquery reads the workspace's own data sources by their names")
        void subquery() {
            Tenant tenant = Tenant.create();
            Chain.PROJECT.withDatasource("users", "`user` UInt64").live(tenant.adminToken());
            send(tenant, 0, 10);
            tenant.insert("users", "VALUES (3), (4)");

            assertThat(deleted(tenant, "id IN (SELECT user FROM users)").text("/status"))
                    .isEqualTo("done");
            assertThat(deleted(tenant, "id IN users OR name IN ('n0') AND id = (SELECT max(id) FROM events)")
                            .text("/status"))
                    .isEqualTo("done");

            assertThat(sums(tenant).getFirst()).isEqualTo("8 38");
        }

        @Test
        @DisplayName("DS-11 a condition that is null keeps the row")
        void nulls() {
            Tenant tenant = Chain.live();
            send(tenant, 0, 10);
            assertThat(deleted(tenant, "nullIf(id, 3) < 5").text("/status")).isEqualTo("done");
            assertThat(sums(tenant).getFirst()).isEqualTo("6 38");
        }

        @Test
        @DisplayName("DS-13 dry_run counts and deletes nothing")
        void dryRun() {
            Tenant tenant = Chain.live();
            send(tenant, 0, 10);
            Reply reply = delete(tenant, "events", "id >= 6", "&dry_run=true");
            assertThat(reply.status()).as(reply.body()).isEqualTo(200);
            assertThat(reply.at("/rows_to_be_deleted").asLong()).isEqualTo(4);
            assertThat(sums(tenant).getFirst()).isEqualTo("10 45");
        }
    }

    @Nested
    @DisplayName("400")
    class Returns400 {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "id = ",
                    "id = 1) OR (1",
                    "1), UPDATE name = '' WHERE (1",
                    "1) FROM counts WHERE (1",
                    "id IN (SELECT 1 FROM system.one)",
                    "id IN (SELECT number FROM numbers(10))",
                    "id IN (SELECT 1 FROM nothing)",
                    "id IN (SELECT 1 FROM count)",
                    "nothing = 1",
                    "id = {p:UInt64}",
                    "sleep(1)",
                    "(SELECT 1 FROM events SETTINGS max_threads = 1) = 1",
                    "id = 1; DROP TABLE events",
                    "file('/etc/passwd') = ''",
                    "id IN (SELECT 1 FROM url('http://127.0.0.1/', 'CSV', 'x UInt8'))",
                    "(id, name)"
                })
        @DisplayName("DS-11 a condition that is none, or reaches for more than the workspace's data sources")
        void condition(String condition) {
            Tenant tenant = Shared.TENANT;
            for (String more : List.of("", "&dry_run=true")) {
                Reply reply = delete(tenant, "events", condition, more);
                assertThat(reply.status()).as(reply.body()).isEqualTo(400);
                assertThat(reply.body()).doesNotContain("ws_").doesNotContain("t_0");
            }
        }

        private static final class Shared {
            private static final Tenant TENANT = Chain.live();
        }

        @Test
        @DisplayName("DS-11 no other workspace's tables, whatever their names")
        void neighbours() {
            Tenant other = Chain.live();
            String condition = "id IN (SELECT id FROM %s)".formatted(other.table("events"));
            assertThat(delete(Shared.TENANT, condition).status()).isEqualTo(400);
        }
    }

    @Nested
    @DisplayName("refusals")
    class Refuses {
        @Test
        @DisplayName("DS-16 403 without the scope ADMIN, 404 for what there is not")
        void others() {
            Tenant tenant = Chain.live();
            String token = tenant.token("DATASOURCES:CREATE", "DATASOURCES:DROP:events");
            assertThat(Http.form("POST", "/v0/datasources/events/delete", token, "delete_condition=1")
                            .status())
                    .isEqualTo(403);
            assertThat(delete(tenant, "nothing", "1", "").status()).isEqualTo(404);
        }

        @Test
        @DisplayName("DS-14 429 beyond the active jobs that the plan allows")
        void limit() {
            Tenant tenant = Chain.live();
            var plane = ControlPlane.shared();
            plane.jdbc()
                    .sql(
                            "insert into jobs (id, workspace_id, kind, task, status) values (gen_random_uuid(), :id, 'delete_data', 'nobody', 'working')")
                    .param("id", tenant.id().value())
                    .update();
            Reply reply = delete(tenant, "id = 1");
            assertThat(reply.status()).as(reply.body()).isEqualTo(429);
        }

        @Test
        @DisplayName("DEP-1 409 while a deployment is staged, and a deployment waits for a delete")
        void deployments() {
            Tenant tenant = Chain.live();
            send(tenant, 0, 10);
            Upload next = Chain.PROJECT.withEndpoint("top", "SELECT 1 AS x");
            next.deploy(tenant.adminToken());
            assertThat(delete(tenant, "id = 1").status()).isEqualTo(409);
            Upload.setLive("2", tenant.adminToken());
            assertThat(deleted(tenant, "id = 1").text("/status")).isEqualTo("done");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ALTER TABLE", "SELECT mutation_id", "KILL QUERY"})
    @DisplayName("DS-11 with a statement, or the answer to it, lost: one mutation")
    void lost(String statement) throws InterruptedException {
        Tenant tenant = Tenant.create();
        try (var faulty = FaultyClickHouse.before(tenant)) {
            Chain.PROJECT.live(tenant.adminToken());
            send(tenant, 0, 10);
            for (boolean reaches : List.of(true, false)) {
                var broken = faulty.breakOnce(text -> text.startsWith(statement), reaches);
                Reply ended = deleted(tenant, reaches ? "id < 3" : "id < 6");
                assertThat(broken.await(1, TimeUnit.SECONDS)).isTrue();
                assertThat(ended.text("/status")).as(ended.body()).isEqualTo("done");
            }
            assertThat(sums(tenant).getFirst()).isEqualTo("4 30");
            assertThat(tenant.rows(
                            "SELECT toString(count()) FROM system.mutations WHERE database = '%s'"
                                    .formatted(tenant.place().database()),
                            "events"))
                    .containsExactly("2");
        }
    }

    @Test
    @DisplayName("JOB-4 a delete that cannot go on is cancelled, and its mutation ended")
    void cancel() {
        Tenant tenant = Chain.live();
        send(tenant, 0, 10);
        ControlPlane.shared().clickHouse().execute("SYSTEM STOP MERGES " + tenant.table("events"));
        Reply begun = delete(tenant, "id = 1");
        await("asked for").untilAsserted(() -> assertThat(mutations(tenant)).isEqualTo("1"));

        Reply cancelled = Http.post("/v0/jobs/" + begun.text("/id") + "/cancel", tenant.adminToken());

        assertThat(cancelled.text("/status")).as(cancelled.body()).isEqualTo("cancelling");
        assertThat(Chain.ended(tenant, begun.text("/id")).text("/status")).isEqualTo("cancelled");
        assertThat(mutations(tenant)).isEqualTo("0");
        ControlPlane.shared().clickHouse().execute("SYSTEM START MERGES " + tenant.table("events"));
        assertThat(sums(tenant).getFirst()).isEqualTo("10 45");
        assertThat(Chain.truncate(tenant, "events").status()).isEqualTo(200);
    }

    private static String mutations(Tenant tenant) {
        return Chain.one(
                tenant,
                "SELECT toString(count()) FROM system.mutations WHERE NOT is_done AND database = '%s'"
                        .formatted(tenant.place().database()),
                "events");
    }
}
