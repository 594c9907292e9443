package dev.rookery.controlplane.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.catalog.JobId;
import dev.rookery.catalog.jobs.JobQueue;
import dev.rookery.catalog.jobs.NewJob;
import dev.rookery.controlplane.testing.ControlPlane;
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
        @DisplayName(
                "JOB-4 one that waits is cancelled at once; what its handler says stands beside its fields (JOB-5)")
        void cancelled() {
            Tenant tenant = Tenant.create();
            var plane = ControlPlane.shared();
            // No process runs this task, so it goes on waiting.
            JobId id = plane.inTransaction(() -> plane.bean(JobQueue.class)
                    .add(NewJob.of(tenant.id(), "nobody_runs_this")
                            .showing("{\"datasource\":{\"name\":\"events\"}}")
                            .cancellableInTheMiddle()));
            Reply before = Http.get("/v0/jobs/" + id, tenant.adminToken());
            assertThat(before.text("/status")).isEqualTo("waiting");
            assertThat(before.at("/is_cancellable").asBoolean()).isTrue();
            assertThat(before.at("/started_at").isNull()).isTrue();
            assertThat(before.text("/datasource/name")).isEqualTo("events");

            Reply cancelled = Http.post("/v0/jobs/" + id + "/cancel", tenant.adminToken());

            assertThat(cancelled.status()).isEqualTo(200);
            assertThat(cancelled.text("/status")).isEqualTo("cancelled");
            Reply again = Http.post("/v0/jobs/" + id + "/cancel", tenant.adminToken());
            assertThat(again.status()).isEqualTo(400);
            assertThat(again.error()).contains("cancelled");
        }

        @Test
        @DisplayName("JOB-1 any token of the workspace follows a job by its id; only the workspace's own")
        void followed() {
            Tenant tenant = Tenant.create();
            Upload.datasource("events", "`id` Int32").live(tenant.adminToken());
            String id = Http.get("/v0/jobs", tenant.adminToken()).text("/jobs/0/id");
            String appender = tenant.token("DATASOURCES:APPEND:events");

            assertThat(Http.get("/v0/jobs/" + id, appender).status()).isEqualTo(200);
            assertThat(Http.get("/v0/jobs", appender).status()).isEqualTo(403);
            assertThat(Http.post("/v0/jobs/" + id + "/cancel", appender).status())
                    .isEqualTo(403);
            assertThat(Http.get("/v0/jobs/" + id, Tenant.create().adminToken()).status())
                    .isEqualTo(404);
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
    class Returns400OnCancel {
        @Test
        @DisplayName("JOB-4 a deployment is discarded, not cancelled")
        void deployment() {
            Tenant tenant = Tenant.create();
            var plane = ControlPlane.shared();
            JobId id = plane.inTransaction(
                    () -> plane.bean(JobQueue.class).add(NewJob.of(tenant.id(), "nobody_runs_this")));

            Reply reply = Http.post("/v0/jobs/" + id + "/cancel", tenant.adminToken());

            assertThat(reply.status()).isEqualTo(400);
            assertThat(reply.error()).contains("nobody_runs_this");
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
