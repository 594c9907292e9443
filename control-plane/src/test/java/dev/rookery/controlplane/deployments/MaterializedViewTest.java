package dev.rookery.controlplane.deployments;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.catalog.ingestion.IngestionStates;
import dev.rookery.clickhouse.Sql;
import dev.rookery.controlplane.testing.ControlPlane;
import dev.rookery.controlplane.testing.Http;
import dev.rookery.controlplane.testing.Http.Reply;
import dev.rookery.controlplane.testing.Tenant;
import dev.rookery.controlplane.testing.Upload;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Materialized views in deployments and builds (MV rows). */
class MaterializedViewTest {
    private static final Upload LANDING = Upload.datasource("events", "`id` Int32, `name` String")
            .withDatasource("counts", "`name` String, `c` UInt64");
    private static final Upload PROJECT =
            LANDING.withMaterialized("mv", "SELECT name, count() AS c FROM events GROUP BY name", "counts");

    private static String total(Tenant tenant) {
        return tenant.rows("SELECT sum(c) FROM $counts", "counts").getFirst();
    }

    @Test
    @DisplayName("MV-1 new with a new landing: rows arrive in the target")
    void newLanding() {
        Tenant tenant = Tenant.create();
        PROJECT.live(tenant.adminToken());

        tenant.insert("events", "VALUES (1, 'a'), (2, 'a'), (3, 'b')");

        assertThat(total(tenant)).isEqualTo("3");
    }

    @Test
    @DisplayName("MV-3 over a landing that is live: the target is filled with what was there")
    void liveLanding() {
        Tenant tenant = Tenant.create();
        LANDING.live(tenant.adminToken());
        tenant.insert("events", "VALUES (1, 'a'), (2, 'b')");

        Reply added = PROJECT.deploy(tenant.adminToken());
        // The target was there before its view, with rows of its own.
        assertThat(added.text("/deployment/data_movements/0/kind")).isEqualTo("backfill_with_forward_query");
        assertThat(added.text("/deployment/data_movements/1/datasource_name")).isEqualTo("counts");
        assertThat(added.text("/deployment/data_movements/1/kind")).isEqualTo("backfill_with_mv_queries");
        assertThat(added.text("/deployment/data_movements/1/source_mv_name")).isEqualTo("mv");
        tenant.insert("events", "VALUES (3, 'a')");
        Upload.setLive("2", tenant.adminToken());
        tenant.insert("events", "VALUES (4, 'a')");

        assertThat(total(tenant)).isEqualTo("4");
    }

    @Test
    @DisplayName("MV-4 BACKFILL skip: the target begins with what arrives")
    void skipped() {
        Tenant tenant = Tenant.create();
        Upload events = Upload.datasource("events", "`id` Int32, `name` String");
        events.live(tenant.adminToken());
        tenant.insert("events", "VALUES (1, 'a'), (2, 'b')");

        events.with("counts.datasource", "SCHEMA >\n    `name` String, `c` UInt64\n\nBACKFILL skip\n")
                .withMaterialized("mv", "SELECT name, count() AS c FROM events GROUP BY name", "counts")
                .live(tenant.adminToken());
        tenant.insert("events", "VALUES (3, 'a')");

        assertThat(total(tenant)).isEqualTo("1");
    }

    @Test
    @DisplayName("ALG-5 a view that has left the write plan is made anew by the next deployment, with what it missed")
    void outOfDate() {
        Tenant tenant = Tenant.create();
        PROJECT.live(tenant.adminToken());
        tenant.insert("events", "VALUES (1, 'a')");
        leavesThePlan(
                tenant,
                String.valueOf(tenant.snapshot().live().pipe("mv").orElseThrow().view()));
        tenant.insert("events", "VALUES (2, 'b')");
        assertThat(total(tenant)).isEqualTo("1");

        PROJECT.live(tenant.adminToken());
        tenant.insert("events", "VALUES (3, 'c')");

        assertThat(total(tenant)).isEqualTo("3");
        assertThat(PROJECT.deploy(tenant.adminToken()).text("/result")).isEqualTo("no_changes");
    }

    @Test
    @DisplayName("ALG-5 a deployment whose own view has left the write plan lacks rows: it is given up, and says why")
    void staged() {
        Tenant tenant = Tenant.create();
        LANDING.live(tenant.adminToken());
        String number = PROJECT.deploy(tenant.adminToken()).text("/deployment/id");
        Upload.awaitStaged(number, tenant.adminToken());
        String view = ControlPlane.shared()
                .jdbc()
                .sql("select o.name from staging_objects s join physical_objects o on o.id = s.object_id"
                        + " where s.role = 'stage_view' and o.workspace_id = :id")
                .param("id", tenant.id().value())
                .query(String.class)
                .single();
        leavesThePlan(tenant, view);

        Reply reply = Http.post("/v1/deployments/" + number + "/set-live", tenant.adminToken());

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.error()).contains("do not fit", "too long");
        assertThat(Http.get("/v1/deployments/" + number, tenant.adminToken()).text("/deployment/status"))
                .isEqualTo("deleted");
    }

    /** What a writer does with a view that keeps failing. */
    private static void leavesThePlan(Tenant tenant, String view) {
        var plane = ControlPlane.shared();
        plane.bean(IngestionStates.class)
                .markStale(
                        tenant.id(),
                        tenant.snapshot()
                                .live()
                                .datasource("events")
                                .orElseThrow()
                                .id(),
                        view,
                        "a name is too long");
        plane.clickHouse().execute("DROP VIEW " + Sql.table(tenant.place().database(), view));
    }

    @Test
    @DisplayName("MV-6 a view that stays goes on through later deployments, once per row")
    void kept() {
        Tenant tenant = Tenant.create();
        PROJECT.live(tenant.adminToken());
        tenant.insert("events", "VALUES (1, 'a')");

        PROJECT.withEndpoint("top", "SELECT * FROM counts").live(tenant.adminToken());
        tenant.insert("events", "VALUES (2, 'b')");

        assertThat(total(tenant)).isEqualTo("2");
    }

    @Test
    @DisplayName("MV-1 a build replaces a changed view: all rows pass through the new one alone")
    void replacedByBuild() {
        Tenant tenant = Tenant.create();
        PROJECT.build(tenant.adminToken());
        tenant.insert("events", "VALUES (1, 'a')");

        Reply reply = PROJECT.withMaterialized(
                        "mv", "SELECT name, toUInt64(100) AS c FROM events GROUP BY name", "counts")
                .build(tenant.adminToken());
        assertThat(reply.text("/result")).as(reply.body()).isEqualTo("success");
        tenant.insert("events", "VALUES (2, 'b')");

        assertThat(total(tenant)).isEqualTo("200");
    }

    @Test
    @DisplayName("MV-1 a view follows the pipes it reads from")
    void readsPipe() {
        Tenant tenant = Tenant.create();
        Upload project = LANDING.withEndpoint("source", "SELECT name, toUInt64(1) AS c FROM events")
                .withMaterialized("mv", "SELECT name, c FROM source", "counts");
        project.build(tenant.adminToken());
        tenant.insert("events", "VALUES (1, 'a')");
        Upload changed = project.withEndpoint("source", "SELECT name, toUInt64(100) AS c FROM events");

        changed.live(tenant.adminToken());
        tenant.insert("events", "VALUES (2, 'b')");

        assertThat(total(tenant)).isEqualTo("200");
    }

    @Test
    @DisplayName("MV-1 a build that fails leaves the live view, and no second one beside it")
    void failedBuild() {
        Tenant tenant = Tenant.create();
        PROJECT.build(tenant.adminToken());

        Reply reply = PROJECT.withMaterialized(
                        "mv", "SELECT name, toUInt64(100) AS c FROM events GROUP BY name", "counts")
                .withDatasource("other", "`a` Int32")
                .withMaterialized("mv2", "SELECT name AS b, id AS a FROM events WHERE throwIf(1)", "other")
                .withEndpoint("wrong", "SELECT nothing FROM events")
                .build(tenant.adminToken());
        assertThat(reply.text("/result")).isEqualTo("failed");
        tenant.insert("events", "VALUES (1, 'a')");

        assertThat(total(tenant)).isEqualTo("1");
    }

    @Test
    @DisplayName("MV-9 no parameters, and a target that exists")
    void refused() {
        Tenant tenant = Tenant.create();

        Reply reply = LANDING.with(
                        "p.pipe",
                        "NODE n\nSQL >\n    %\n    SELECT name, toUInt64({{Int32(x, 1)}}) AS c FROM events\n\nTYPE materialized\nDATASOURCE counts\n")
                .withMaterialized("q", "SELECT name FROM events", "nowhere")
                .deploy(tenant.adminToken());

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.body()).contains("takes no parameters", "'nowhere'");
    }

    @Test
    @DisplayName("DEP-24 a view that is taken out of the project writes no more")
    void removed() {
        Tenant tenant = Tenant.create();
        PROJECT.live(tenant.adminToken());
        tenant.insert("events", "VALUES (1, 'a')");

        LANDING.live(tenant.adminToken());
        tenant.insert("events", "VALUES (2, 'b')");

        assertThat(total(tenant)).isEqualTo("1");
        assertThat(tenant.physical()).noneMatch(name -> name.startsWith("v_"));
    }
}
