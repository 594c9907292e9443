package dev.rookery.controlplane.deployments;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.controlplane.testing.Http;
import dev.rookery.controlplane.testing.Http.Reply;
import dev.rookery.controlplane.testing.Tenant;
import dev.rookery.controlplane.testing.Upload;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What a project uses that is in none of its files: shared data sources, secrets; and what it may hold at most. */
class SurroundingsTest {
    private static final Upload PROJECT =
            Upload.datasource("events", "`id` Int32").withEndpoint("top", "SELECT count() AS c FROM events");

    private final Tenant owner = Tenant.create();
    private final Tenant reader = owner.neighbour();

    private static List<String> errors(Reply reply) {
        assertThat(reply.status()).as(reply.body()).isEqualTo(400);
        return reply.at("/errors")
                .valueStream()
                .map(error -> error.path("error").asString())
                .toList();
    }

    private static Upload sharing(Tenant... readers) {
        String lines = String.join(
                ",\n    ", java.util.Arrays.stream(readers).map(Tenant::name).toList());
        return PROJECT.with("events.datasource", "SCHEMA >\n    `id` Int32\n\nSHARED_WITH >\n    " + lines + "\n");
    }

    private static List<String> listed(Tenant tenant) {
        return Http.get("/v0/datasources", tenant.adminToken())
                .at("/datasources")
                .valueStream()
                .map(item -> item.path("name").asString())
                .toList();
    }

    @Nested
    class Shares {
        @Test
        @DisplayName("DFD-18, SHR-1: a deployed line shares, read by the other's pipes; without the line it ends")
        void lines() {
            sharing(reader).live(owner.adminToken());
            assertThat(listed(reader)).containsExactly(owner.name() + ".events");
            Upload reading = Upload.datasource("own", "`id` Int32")
                    .withEndpoint("theirs", "SELECT id FROM %s.events JOIN own USING id".formatted(owner.name()));

            reading.live(reader.adminToken());

            Reply pipe = Http.get("/v0/pipes/theirs", reader.adminToken());
            assertThat(pipe.text("/nodes/0/columns/0/name")).as(pipe.body()).isEqualTo("id");
            PROJECT.live(owner.adminToken());
            assertThat(listed(reader)).containsExactly("own");
            assertThat(errors(reading.withEndpoint("again", "SELECT 1 AS x FROM %s.events".formatted(owner.name()))
                            .deploy(reader.adminToken())))
                    .anySatisfy(error -> assertThat(error).contains(owner.name() + ".events", "shared"));
        }

        @Test
        @DisplayName("SHR-1: a workspace of another organization is as good as none; nor is one shared with itself")
        void strangers() {
            Tenant stranger = Tenant.create();

            List<String> errors = errors(sharing(stranger, owner).deploy(owner.adminToken()));

            assertThat(errors)
                    .anySatisfy(
                            error -> assertThat(error).contains("events.datasource:4", stranger.name(), "no workspace"))
                    .anySatisfy(error -> assertThat(error).contains("its own workspace"));
        }

        @Test
        @DisplayName("SHR-2: no materialized view reads what another workspace shares")
        void views() {
            sharing(reader).live(owner.adminToken());

            Reply reply = Upload.datasource("copy", "`id` Int32")
                    .withMaterialized("mv", "SELECT id FROM %s.events".formatted(owner.name()), "copy")
                    .deploy(reader.adminToken());

            assertThat(errors(reply)).anySatisfy(error -> assertThat(error).contains("mv", owner.name(), "shared"));
        }

        @Test
        @DisplayName("SHR-4: a vendored file must be what the other workspace has live")
        void vendored() {
            sharing(reader).live(owner.adminToken());
            String path = "vendor/%s/datasources/events.datasource".formatted(owner.name());
            String pulled = Http.get(
                            "/v0/datasources/%s.events.datasource".formatted(owner.name()), reader.adminToken())
                    .body();
            Upload reading = Upload.datasource("own", "`id` Int32").with(path, pulled);

            reading.live(reader.adminToken());

            assertThat(listed(reader)).containsExactlyInAnyOrder("own", owner.name() + ".events");
            sharing(reader)
                    .with(
                            "events.datasource",
                            "SCHEMA >\n    `id` Int32,\n    `more` String DEFAULT ''\n\nSHARED_WITH >\n    "
                                    + reader.name() + "\n")
                    .live(owner.adminToken());
            assertThat(errors(reading.withEndpoint("x", "SELECT 1 AS one").deploy(reader.adminToken())))
                    .anySatisfy(error -> assertThat(error).contains(path, "pull"));
            assertThat(errors(reading.with("vendor/nobody/datasources/events.datasource", pulled)
                            .deploy(reader.adminToken())))
                    .anySatisfy(error -> assertThat(error).contains("nobody", "events"));
        }
    }

    @Nested
    class Secrets {
        @Test
        @DisplayName("SEC-2: a node that needs a secret deploys once there is one, and says which is missing before")
        void needed() {
            Upload project = PROJECT.withEndpoint(
                    "secretive", "%\n    SELECT count() AS c FROM events WHERE toString(id) = {{ tb_secret('KEY') }}");

            assertThat(errors(project.deploy(owner.adminToken())))
                    .anySatisfy(error -> assertThat(error).contains("secretive", "KEY"));

            Http.form("POST", "/v0/variables", owner.adminToken(), "name=KEY&value=1&type=secret");
            project.live(owner.adminToken());
            assertThat(Http.get("/v0/pipes/secretive", owner.adminToken()).text("/nodes/0/columns/0/name"))
                    .isEqualTo("c");
        }
    }

    @Nested
    class Limits {
        @Test
        @DisplayName("DEP-27, LIM-11: too many columns, and a name that a quarantine has, are named")
        void exceeded() {
            String columns = String.join(
                    ",\n    ",
                    java.util.stream.IntStream.rangeClosed(1, 501)
                            .mapToObj("`c%d` Int32"::formatted)
                            .toList());

            List<String> errors = errors(PROJECT.with("wide.datasource", "SCHEMA >\n    " + columns + "\n")
                    .withDatasource("events_quarantine", "`id` Int32")
                    .deploy(owner.adminToken()));

            assertThat(errors)
                    .anySatisfy(error -> assertThat(error).contains("wide.datasource", "501", "500"))
                    .anySatisfy(error -> assertThat(error).contains("events_quarantine.datasource", "quarantine"));
        }
    }
}
