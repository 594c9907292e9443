package dev.rookery.controlplane.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.controlplane.testing.Http;
import dev.rookery.controlplane.testing.Http.Reply;
import dev.rookery.controlplane.testing.Tenant;
import dev.rookery.controlplane.testing.Upload;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** {@code /v0/jobs} (client-contract.md 12). */
class JobsTest {
    @Nested
    class Returns200 {
        @Test
        @DisplayName(
                "CC-2.2 step 4: the job of a deployment, by its kind and the deployment's id; JOB-1 alone by its id")
        void deployment() {
            Tenant tenant = Tenant.create();
            Reply deployed = Upload.datasource("events", "`id` Int32").deploy(tenant.adminToken());

            Reply list = Http.get("/v0/jobs?kind=deployment&status=done", tenant.adminToken());

            assertThat(list.status()).isEqualTo(200);
            assertThat(list.at("/jobs").size()).isEqualTo(1);
            assertThat(list.text("/jobs/0/kind")).isEqualTo("deployment");
            assertThat(list.text("/jobs/0/deployment_id")).isEqualTo(deployed.text("/deployment/id"));
            assertThat(list.at("/jobs/0/is_cancellable").isBoolean()).isTrue();
            Reply job =
                    Http.get("/v0/jobs/" + list.text("/jobs/0/id") + "?debug=blocks,block_log", tenant.adminToken());
            assertThat(job.status()).isEqualTo(200);
            assertThat(job.text("/job_id")).isEqualTo(list.text("/jobs/0/id"));
            assertThat(job.text("/status")).isEqualTo("done");
            assertThat(job.text("/job_url")).endsWith("/v0/jobs/" + job.text("/id"));
            assertThat(job.text("/created_at")).matches("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d{6}");
        }

        @Test
        @DisplayName("JOB-2 an empty list when nothing matches")
        void nothing() {
            String token = Tenant.create().adminToken();

            assertThat(Http.get("/v0/jobs", token).at("/jobs").size()).isZero();
            assertThat(Http.get("/v0/jobs?kind=populate", token).at("/jobs").isArray())
                    .isTrue();
        }
    }

    @Nested
    class Returns400 {
        @Test
        @DisplayName("JOB-3 an unknown status, with those there are")
        void status() {
            Reply reply = Http.get("/v0/jobs?status=sleeping", Tenant.create().adminToken());

            assertThat(reply.status()).isEqualTo(400);
            assertThat(reply.error()).contains("waiting", "cancelled");
        }
    }

    @Nested
    class Returns404 {
        @Test
        @DisplayName("JOB-1 no such job, and what is no id")
        void unknown() {
            String token = Tenant.create().adminToken();

            assertThat(Http.get("/v0/jobs/0190a1b2-0000-7000-8000-000000000000", token)
                            .status())
                    .isEqualTo(404);
            assertThat(Http.get("/v0/jobs/abc", token).error()).contains("abc");
        }
    }
}
