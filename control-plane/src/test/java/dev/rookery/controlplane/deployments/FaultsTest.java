package dev.rookery.controlplane.deployments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rookery.catalog.deployments.Deployment;
import dev.rookery.catalog.deployments.DeploymentStatus;
import dev.rookery.catalog.deployments.DeploymentStore;
import dev.rookery.catalog.deployments.PhysicalObject;
import dev.rookery.catalog.deployments.ResourceKind;
import dev.rookery.catalog.deployments.ResourceStore;
import dev.rookery.clickhouse.Sql;
import dev.rookery.controlplane.testing.ControlPlane;
import dev.rookery.controlplane.testing.FaultyClickHouse;
import dev.rookery.controlplane.testing.Http;
import dev.rookery.controlplane.testing.Http.Reply;
import dev.rookery.controlplane.testing.Tenant;
import dev.rookery.controlplane.testing.Upload;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** ClickHouse down, clients gone, and what a control-plane that was killed leaves behind (ALGORITHMS.md C and E6). */
class FaultsTest {
    private static final Upload PROJECT =
            Upload.datasource("events", "`id` Int32").withEndpoint("top", "SELECT count() AS c FROM events");

    @Nested
    class ClickHouseDown {
        @ParameterizedTest
        @ValueSource(strings = {"CREATE TABLE", "DESCRIBE"})
        @DisplayName("DEP-10 503 as JSON, the candidate is gone, and the next deployment works")
        void duringDeploy(String statement) {
            Tenant tenant = Tenant.create();
            try (var faulty = FaultyClickHouse.before(tenant)) {
                faulty.failOn(text -> text.startsWith(statement));

                Reply reply = PROJECT.deploy(tenant.adminToken());

                assertThat(reply.status()).isEqualTo(503);
                assertThat(reply.error()).contains("try again").doesNotContain("127.0.0.1", "t_0");
                Reply stored = Http.get("/v1/deployments/1", tenant.adminToken());
                assertThat(stored.text("/deployment/status")).isEqualTo("deleted");
                assertThat(stored.at("/deployment/errors").size()).isEqualTo(1);
                faulty.heal();
                PROJECT.live(tenant.adminToken());
                tenant.insert("events", "VALUES (1)");
            }
        }

        @Test
        @DisplayName("DEP-10 while it goes live: the old deployment stays live, and another try succeeds")
        void duringPromotion() {
            Tenant tenant = Tenant.create();
            PROJECT.live(tenant.adminToken());
            try (var faulty = FaultyClickHouse.before(tenant)) {
                PROJECT.withDatasource("events", "`id` Int32, `more` String").deploy(tenant.adminToken());
                faulty.failOn(text -> text.startsWith("ALTER"));

                Reply reply = Http.post("/v1/deployments/2/set-live", tenant.adminToken());

                assertThat(reply.status()).isEqualTo(503);
                assertThat(Http.get("/v1/deployments/1", tenant.adminToken())
                                .at("/deployment/live")
                                .asBoolean())
                        .isTrue();
                faulty.heal();
                assertThat(Http.post("/v1/deployments/2/set-live", tenant.adminToken())
                                .status())
                        .isEqualTo(200);
            }
        }
    }

    @Nested
    class ClientGone {
        @Test
        @DisplayName("CC-1 an upload that is broken off changes nothing")
        void cancelledUpload() throws IOException {
            Tenant tenant = Tenant.create();
            URI url = URI.create(ControlPlane.shared().url());
            String body = PROJECT.body().substring(0, 300);
            try (var socket = new Socket(url.getHost(), url.getPort())) {
                socket.getOutputStream()
                        .write(("""
                                POST /v1/deploy HTTP/1.1\r
                                Host: localhost\r
                                Authorization: Bearer %s\r
                                Content-Type: multipart/form-data; boundary=8f2b6e0c4d1a\r
                                Content-Length: %d\r
                                \r
                                """.formatted(tenant.adminToken(), body.length() + 1000) + body)
                                .getBytes(StandardCharsets.UTF_8));
                socket.getOutputStream().flush();
            }

            assertThat(PROJECT.deploy(tenant.adminToken()).text("/deployment/id"))
                    .isEqualTo("1");
        }
    }

    @Nested
    class Killed {
        /** What stands in the catalog and in ClickHouse when the process ends between two tables. */
        private static PhysicalObject strand(Tenant tenant) {
            var plane = ControlPlane.shared();
            var deployments = plane.bean(DeploymentStore.class);
            var resources = plane.bean(ResourceStore.class);
            PhysicalObject table = plane.inTransaction(() -> {
                Deployment candidate = deployments.createCandidate(tenant.id());
                deployments.setStatus(candidate, DeploymentStatus.CREATING_SCHEMA);
                return resources.announce(
                        tenant.id(),
                        resources.identify(tenant.id(), ResourceKind.DATASOURCE, "events"),
                        PhysicalObject.Kind.TABLE);
            });
            plane.clickHouse()
                    .execute("CREATE TABLE %s (id Int32) ENGINE = MergeTree ORDER BY id"
                            .formatted(Sql.table(tenant.place().database(), table.name())));
            return table;
        }

        @Test
        @DisplayName("WS-4 a workspace whose database was not made yet gets it with its first deployment")
        void noDatabase() {
            Tenant tenant = Tenant.create();
            ControlPlane.shared()
                    .clickHouse()
                    .execute("DROP DATABASE " + Sql.identifier(tenant.place().database()));

            PROJECT.live(tenant.adminToken());

            tenant.insert("events", "VALUES (1)");
        }

        @Test
        @DisplayName("DEP-9 a candidate in creating_schema can be discarded, or gives way to a build")
        void discardable() {
            Tenant tenant = Tenant.create();
            strand(tenant);
            assertThat(PROJECT.deploy(tenant.adminToken()).status()).isEqualTo(409);

            assertThat(Http.delete("/v1/deployments/1", tenant.adminToken()).text("/deployment/status"))
                    .isEqualTo("deleted");
            strand(tenant);
            assertThat(PROJECT.build(tenant.adminToken()).text("/result")).isEqualTo("success");
        }

        @Test
        @DisplayName("ALG-E6 the reaper ends it by age, drops its table, and leaves what is live")
        void reaped() {
            Tenant tenant = Tenant.create();
            PROJECT.live(tenant.adminToken());
            String live = tenant.physical().getFirst();
            PhysicalObject stranded = strand(tenant);
            var reaper = ControlPlane.shared().bean(Reaper.class);
            reaper.discardStranded(Duration.ofHours(1));
            assertThat(Http.get("/v1/deployments/2", tenant.adminToken()).text("/deployment/status"))
                    .isEqualTo("creating_schema");
            ControlPlane.shared()
                    .jdbc()
                    .sql("update deployments set updated_at = now() - interval '2 hours'"
                            + " where workspace_id = :id and number = 2")
                    .param("id", tenant.id().value())
                    .update();

            reaper.discardStranded(Duration.ofHours(1));
            assertThat(tenant.physical()).contains(stranded.name());
            reaper.reap(Duration.ofHours(1));
            assertThat(tenant.physical()).contains(stranded.name());
            reaper.reap(Duration.ZERO);

            assertThat(tenant.physical()).containsExactly(live);
            assertThat(Http.get("/v1/deployments/2", tenant.adminToken()).text("/deployment/status"))
                    .isEqualTo("deleted");
        }

        @Test
        @DisplayName(
                "ALG-E6 tables and views that were replaced go; what is live or staged stays, and so do other workspaces")
        void nothingElse() {
            Tenant tenant = Tenant.create();
            Upload project = Upload.datasource("events", "`id` Int32")
                    .withDatasource("target", "`id` Int32")
                    .withMaterialized("mv", "SELECT id FROM events", "target");
            project.live(tenant.adminToken());
            project.withDatasource("events", "`id` Int64").build(tenant.adminToken());
            project.withDatasource("events", "`id` Int64")
                    .withDatasource("staged", "`id` Int32")
                    .deploy(tenant.adminToken());
            assertThat(tenant.physical()).hasSize(8);

            // The writer gives up its lanes some moments after the build.
            await("reaped").atMost(Duration.ofMinutes(1)).untilAsserted(() -> {
                Reaping.now();
                assertThat(tenant.physical()).hasSize(4);
            });
            Http.post("/v1/deployments/3/set-live", tenant.adminToken());
            tenant.insert("events", "VALUES (1)");
            assertThat(tenant.rows("SELECT count() FROM $target", "target")).containsExactly("1");
        }
    }
}
