package dev.rookery.controlplane.workspaces;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.controlplane.testing.ControlPlane;
import dev.rookery.controlplane.testing.FaultyClickHouse;
import dev.rookery.controlplane.testing.Http;
import dev.rookery.controlplane.testing.Http.Reply;
import dev.rookery.controlplane.testing.Tenant;
import dev.rookery.controlplane.testing.Upload;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** {@code DELETE /v1/workspaces/{id}} (client-contract.md 4 and 5). */
class DeleteWorkspaceTest {
    @Nested
    class Returns200 {
        @Test
        @DisplayName("WS-5 with all it holds: its database is gone and its tokens work no more; WS-6 a tombstone stays")
        void deleted() {
            Tenant tenant = Tenant.create();
            Upload.datasource("events", "`id` Int32").live(tenant.adminToken());
            String personal = tenant.personalToken(tenant.email());
            String database = tenant.place().database();

            Reply reply = Http.delete(
                    "/v1/workspaces/" + tenant.id() + "?hard_delete_confirmation=yes&token=" + tenant.userToken(),
                    tenant.userToken());

            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.json().isObject()).isTrue();
            assertThat(databases(database)).isZero();
            assertThat(Http.get("/v1/workspace", personal).status()).isEqualTo(403);
            assertThat(Http.get("/v1/workspaces/" + tenant.id(), tenant.userToken())
                            .status())
                    .isEqualTo(404);
            assertThat(ControlPlane.shared()
                            .jdbc()
                            .sql("select count(*) from workspaces where id = :id and deleted_at is not null")
                            .param("id", tenant.id().value())
                            .query(Integer.class)
                            .single())
                    .isEqualTo(1);
        }

        @Test
        @DisplayName("WS-5 confirmed by the name, in a form")
        void confirmedByName() {
            Tenant tenant = Tenant.create();

            Reply reply = Http.form(
                    "DELETE", "/v0/workspaces/" + tenant.name(), tenant.userToken(), "confirmation=" + tenant.name());

            assertThat(reply.status()).isEqualTo(200);
        }

        @Test
        @DisplayName("WS-5 while ClickHouse is down: nobody reaches it any more, and the reaper drops its data")
        void clickHouseDown() {
            Tenant tenant = Tenant.create();
            Upload.datasource("events", "`id` Int32").live(tenant.adminToken());
            String database = tenant.place().database();
            try (var faulty = FaultyClickHouse.before(tenant)) {
                faulty.failOn(statement -> true);

                Reply reply = Http.delete(
                        "/v1/workspaces/" + tenant.id() + "?hard_delete_confirmation=yes", tenant.userToken());

                assertThat(reply.status()).isEqualTo(200);
                assertThat(databases(database)).isEqualTo(1);
                faulty.heal();
                ControlPlane.shared().bean(SpaceReaper.class).reap(Duration.ZERO);
                assertThat(databases(database)).isZero();
            }
        }
    }

    @Nested
    class Returns400 {
        @Test
        @DisplayName("WS-5 without a confirmation, or with another name")
        void unconfirmed() {
            Tenant tenant = Tenant.create();

            Reply reply = Http.delete("/v1/workspaces/" + tenant.id(), tenant.userToken());
            assertThat(reply.status()).isEqualTo(400);
            assertThat(reply.error()).contains("confirmation=" + tenant.name());
            assertThat(Http.delete("/v1/workspaces/" + tenant.id() + "?confirmation=other", tenant.userToken())
                            .status())
                    .isEqualTo(400);
            assertThat(Http.get("/v1/workspaces/" + tenant.id(), tenant.userToken())
                            .status())
                    .isEqualTo(200);
        }
    }

    @Nested
    class Returns404 {
        @Test
        @DisplayName("CC-1.8 what is not there, by id and by name")
        void unknown() {
            String token = Tenant.userToken(Tenant.newEmail());

            assertThat(Http.delete("/v1/workspaces/nobody?confirmation=nobody", token)
                            .status())
                    .isEqualTo(404);
            assertThat(Http.delete("/v1/workspaces/0190a1b2-0000-7000-8000-000000000000?confirmation=x", token)
                            .status())
                    .isEqualTo(404);
        }
    }

    private static int databases(String name) {
        return ControlPlane.shared()
                .clickHouse()
                .query("SELECT 1 FROM system.databases WHERE name = '%s'".formatted(name))
                .size();
    }
}
