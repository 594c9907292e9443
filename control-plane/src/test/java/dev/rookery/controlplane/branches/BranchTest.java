package dev.rookery.controlplane.branches;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rookery.controlplane.testing.ControlPlane;
import dev.rookery.controlplane.testing.Http;
import dev.rookery.controlplane.testing.Http.Reply;
import dev.rookery.controlplane.testing.Tenant;
import dev.rookery.controlplane.testing.Upload;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** {@code /v1/environments} and {@code /v0/environments} (client-contract.md 6, BR rows). */
class BranchTest {
    private static final String EVENTS = """
            TOKEN sender APPEND

            SCHEMA >
                `id` UInt64, `day` Date

            ENGINE MergeTree
            ENGINE_PARTITION_KEY toYYYYMM(day)
            ENGINE_SORTING_KEY id
            """;
    private static final Upload PROJECT = Upload.of("events.datasource", EVENTS)
            .withDatasource("ids", "`id` UInt64")
            .withMaterialized("mv", "SELECT id FROM events", "ids")
            .withEndpoint(
                    "secretive", "%\n    SELECT count() AS c FROM events WHERE toString(id) = {{ tb_secret('KEY') }}");

    private final Tenant tenant = Tenant.create();

    private Tenant withRows() {
        Http.form("POST", "/v0/variables", tenant.adminToken(), "name=KEY&value=1&type=secret");
        PROJECT.live(tenant.adminToken());
        tenant.insert("events", "SELECT number, toDate('2026-01-01') + number FROM numbers(59)");
        return tenant;
    }

    private Reply create(String query) {
        return Http.post("/v1/environments?" + query, tenant.adminToken());
    }

    private void awaitDone(Reply created) {
        String job = created.text("/job/id");
        await("filled")
                .atMost(Duration.ofMinutes(1))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> Http.get("/v0/jobs/" + job, tenant.adminToken()), reply -> {
                    assertThat(reply.text("/status")).as(reply.body()).isNotEqualTo("error");
                    return reply.text("/status").equals("done");
                });
    }

    private static String rows(String token, String datasource) {
        return Http.get("/v0/datasources/" + datasource, token)
                .at("/statistics/row_count")
                .toString();
    }

    @Test
    @DisplayName("BR-1, BR-2: the live project with its secrets, and of each data source the newest partition")
    void lastPartition() {
        withRows();

        Reply created = create("name=feature&last_partition=1&from=ts-sdk");

        assertThat(created.status()).as(created.body()).isEqualTo(200);
        assertThat(created.text("/job/status")).isIn("waiting", "working", "done");
        awaitDone(created);
        String token = created.text("/workspace/token");
        assertThat(rows(token, "events")).isEqualTo("28");
        assertThat(rows(token, "ids")).isEqualTo("59");
        assertThat(Http.get("/v1/workspace", token).text("/main"))
                .isEqualTo(tenant.id().toString());
        assertThat(Http.get("/v0/pipes/secretive", token).status()).isEqualTo(200);
        assertThat(Http.get("/v0/variables", token).body()).contains("KEY");
        assertThat(rows(tenant.adminToken(), "events")).isEqualTo("59");
    }

    @Test
    @DisplayName("BR-1: what is built in a branch is the branch's alone; ignored data sources stay empty")
    void itsOwn() {
        withRows();
        Reply created = create("name=feature&data=all_partitions&ignore_datasources=ids,%20other");
        awaitDone(created);
        String token = created.text("/workspace/token");
        assertThat(rows(token, "events")).isEqualTo("59");
        assertThat(rows(token, "ids")).isEqualTo("0");

        assertThat(PROJECT.withEndpoint("more", "SELECT 1 AS x").build(token).text("/result"))
                .isEqualTo("success");

        assertThat(Http.get("/v0/pipes/more", token).status()).isEqualTo(200);
        assertThat(Http.get("/v0/pipes/more", tenant.adminToken()).status()).isEqualTo(404);
        Reply filled = Http.form("POST", "/v0/environments/feature/data", tenant.adminToken(), "mode=last_partition");
        awaitDone(filled);
        assertThat(rows(token, "ids")).isEqualTo("59");
    }

    @Test
    @DisplayName("CC-6: found by name and id, in exactly the strict clients' fields; 404 before; listed; 409 twice")
    void found() {
        assertThat(Http.get("/v0/environments/feature?with_token=true", tenant.adminToken())
                        .status())
                .isEqualTo(404);
        Reply created = create("name=feature");

        Reply found = Http.get("/v0/environments/feature?with_token=true&from=python-sdk", tenant.adminToken());

        assertThat(found.json().propertyNames()).containsExactlyInAnyOrder("id", "name", "token", "created_at");
        assertThat(found.text("/token")).isEqualTo(created.text("/workspace/token"));
        assertThat(Http.get("/v0/environments/" + found.text("/id"), tenant.adminToken())
                        .text("/name"))
                .isEqualTo("feature");
        Reply list = Http.get("/v1/environments", tenant.adminToken());
        assertThat(list.text("/environments/0/main")).isEqualTo(tenant.id().toString());
        assertThat(list.text("/environments/0/token")).isEmpty();
        Reply strict = Http.get("/v1/environments?from=python-sdk", tenant.adminToken());
        assertThat(strict.at("/environments/0").propertyNames()).containsExactlyInAnyOrder("id", "name", "created_at");
        assertThat(create("name=feature").status()).isEqualTo(409);
        assertThat(create("name=1x").status()).isEqualTo(400);
        assertThat(create("name=x&data=some").error()).contains("last_partition");
    }

    @Test
    @DisplayName("CC-6: names are the workspace's own; a branch has none; its workspace's listings do not show it")
    void namesOfItsOwn() {
        Tenant other = Tenant.create();
        String token = create("name=feature").text("/workspace/token");

        assertThat(Http.post("/v1/environments?name=feature", other.adminToken())
                        .status())
                .isEqualTo(200);
        assertThat(Http.post("/v1/environments?name=deeper", token).status()).isEqualTo(403);
        assertThat(Http.get("/v0/user/workspaces", tenant.userToken())
                        .at("/workspaces")
                        .valueStream()
                        .map(item -> item.path("name").asString()))
                .containsExactly(tenant.name());
    }

    @Test
    @DisplayName("BR-7: a viewer may, and gets no secrets with it; a token that only appends may not")
    void whoMay() {
        withRows();
        String viewer = tenant.personalToken(tenant.member("viewer"));

        Reply created = Http.post("/v1/environments?name=mine", viewer);

        assertThat(created.status()).as(created.body()).isEqualTo(200);
        assertThat(Http.get("/v0/variables", created.text("/workspace/token")).body())
                .doesNotContain("KEY");
        assertThat(Http.post("/v1/environments?name=x", tenant.token("DATASOURCES:APPEND:events"))
                        .status())
                .isEqualTo(403);
    }

    @Test
    @DisplayName("BR-3: deleted with its rows, and with its workspace; one that nobody uses is deleted in time")
    void deleted() {
        withRows();
        Reply first = create("name=first");
        awaitDone(first);
        awaitDone(create("name=second"));
        String token = first.text("/workspace/token");

        Reply deleted = Http.delete("/v0/environments/" + first.text("/workspace/id"), tenant.adminToken());

        assertThat(deleted.status()).isEqualTo(200);
        assertThat(Http.get("/v0/datasources", token).status()).isEqualTo(403);
        assertThat(names()).containsExactly("second");
        var service = ControlPlane.shared().bean(BranchService.class);
        service.deleteUnused(Duration.ofDays(30));
        assertThat(names()).containsExactly("second");
        ControlPlane.shared()
                .jdbc()
                .sql("""
                        with old as (update workspaces set created_at = now() - interval '40 days'
                                      where parent_id = :parent returning id)
                        update deployments set created_at = now() - interval '40 days'
                         where workspace_id in (select id from old)
                        """)
                .param("parent", tenant.id().value())
                .update();
        service.deleteUnused(Duration.ofDays(30));
        assertThat(names()).isEmpty();
        assertThat(rows(tenant.adminToken(), "events")).isEqualTo("59");
    }

    private List<String> names() {
        return Http.get("/v1/environments", tenant.adminToken())
                .at("/environments")
                .valueStream()
                .map(item -> item.path("name").asString())
                .toList();
    }
}
