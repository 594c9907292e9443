package dev.rookery.controlplane.deployments;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.controlplane.testing.Http;
import dev.rookery.controlplane.testing.Http.Reply;
import dev.rookery.controlplane.testing.Tenant;
import dev.rookery.controlplane.testing.Upload;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** {@code POST /v1/build} (client-contract.md 3). */
class BuildTest {
    private static final Upload PROJECT =
            Upload.datasource("events", "`id` Int32").withEndpoint("top", "SELECT count() AS c FROM events");

    @Nested
    class Returns200 {
        @Test
        @DisplayName("CC-3 live when it answers, with every field that clients read")
        void built() {
            Tenant tenant = Tenant.create();

            Reply reply = PROJECT.asCommandLineClient().send("/v1/build?with_connections=true", tenant.adminToken());

            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.text("/result")).isEqualTo("success");
            assertThat(reply.text("/build/datasources/0/name")).isEqualTo("events");
            assertThat(reply.text("/build/pipes/0/name")).isEqualTo("top");
            assertThat(reply.text("/build/pipes/0/type")).isEqualTo("endpoint");
            assertThat(reply.texts("/build/new_pipe_names")).containsExactly("top");
            assertThat(reply.texts("/build/new_datasource_names")).containsExactly("events");
            for (String list : new String[] {
                "changed_pipe_names",
                "deleted_pipe_names",
                "changed_datasource_names",
                "deleted_datasource_names",
                "new_data_connector_names",
                "changed_data_connector_names",
                "deleted_data_connector_names",
                "feedback"
            }) {
                assertThat(reply.at("/build/" + list).isArray()).as(list).isTrue();
            }
            assertThat(Http.get("/v1/deployments", tenant.adminToken()).text("/deployments/0/id"))
                    .isEqualTo(reply.text("/build/id"));
            tenant.insert("events", "VALUES (1)");
        }

        @Test
        @DisplayName("CC-3 success with empty lists when nothing changed, and a build never takes rows away for it")
        void again() {
            Tenant tenant = Tenant.create();
            PROJECT.build(tenant.adminToken());
            tenant.insert("events", "VALUES (1)");

            Reply reply = PROJECT.build(tenant.adminToken());

            assertThat(reply.text("/result")).isEqualTo("success");
            assertThat(reply.texts("/build/changed_datasource_names")).isEmpty();
            assertThat(reply.texts("/build/new_pipe_names")).isEmpty();
            assertThat(tenant.rows("SELECT count() FROM $events", "events")).containsExactly("1");
        }

        @Test
        @DisplayName("DEP-30 resources that are gone are deleted without asking, and a waiting candidate gives way")
        void replaces() {
            Tenant tenant = Tenant.create();
            PROJECT.build(tenant.adminToken());
            PROJECT.withDatasource("more", "`a` String").deploy(tenant.adminToken());

            Reply reply = Upload.datasource("other", "`id` Int32").build(tenant.adminToken());

            assertThat(reply.text("/result")).isEqualTo("success");
            assertThat(reply.texts("/build/deleted_datasource_names")).containsExactly("events");
            assertThat(reply.texts("/build/deleted_pipe_names")).containsExactly("top");
        }
    }

    @Nested
    class Returns400 {
        @Test
        @DisplayName("CC-3 failed, with errors as a list, and what was live stays live")
        void failed() {
            Tenant tenant = Tenant.create();
            PROJECT.build(tenant.adminToken());

            Reply reply =
                    PROJECT.withEndpoint("top", "SELECT missing FROM events").build(tenant.adminToken());

            assertThat(reply.status()).isEqualTo(400);
            assertThat(reply.text("/result")).isEqualTo("failed");
            assertThat(reply.error()).contains("missing");
            assertThat(reply.text("/errors/0/filename")).isEqualTo("top.pipe");
            assertThat(tenant.snapshot().live().pipes()).containsKey("top");
        }
    }
}
