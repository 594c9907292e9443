package dev.rookery.controlplane.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.catalog.secrets.SecretStore;
import dev.rookery.controlplane.testing.ControlPlane;
import dev.rookery.controlplane.testing.Http;
import dev.rookery.controlplane.testing.Http.Reply;
import dev.rookery.controlplane.testing.Tenant;
import java.time.OffsetDateTime;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** /v0/variables (client-contract.md 13, E-11, SEC rows). */
class VariablesTest {
    private final Tenant tenant = Tenant.create();
    private final String token = tenant.adminToken();

    private Reply create(String name, String value) {
        return Http.form("POST", "/v0/variables", token, "name=" + name + "&value=" + Http.encode(value));
    }

    @Test
    @DisplayName("13: created, listed, read, and never with its value")
    void created() {
        Reply created = Http.form(
                "POST", "/v0/variables/", token, "name=pg_password&value=" + Http.encode("hü sh+1") + "&type=secret");

        assertThat(created.status()).isEqualTo(200);
        assertThat(created.json().propertyNames())
                .containsExactlyInAnyOrder("name", "type", "created_at", "updated_at", "edited_by");
        assertThat(created.text("/name")).isEqualTo("pg_password");
        assertThat(created.text("/type")).isEqualTo("secret");
        assertThat(OffsetDateTime.parse(created.text("/created_at")))
                .isEqualTo(OffsetDateTime.parse(created.text("/updated_at")));
        assertThat(created.text("/edited_by")).contains("workspace admin token");
        Reply list = Http.get("/v0/variables", token);
        assertThat(list.at("/variables/0")).isEqualTo(created.json());
        assertThat(Http.get("/v0/variables/pg_password", token).json()).isEqualTo(created.json());
        assertThat(created.body() + list.body()).doesNotContain("hü");
        assertThat(tenant.snapshot().secrets().value("pg_password")).contains("hü sh+1");
    }

    @Test
    @DisplayName("13, SEC-1: updated with another value, which moves updated_at alone")
    void updated() {
        Reply created = create("key", "one");

        Reply updated = Http.form("PUT", "/v0/variables/key", token, "value=two");

        assertThat(updated.status()).isEqualTo(200);
        assertThat(updated.text("/created_at")).isEqualTo(created.text("/created_at"));
        assertThat(updated.text("/updated_at")).isGreaterThan(created.text("/updated_at"));
        assertThat(tenant.snapshot().secrets().value("key")).contains("two");
    }

    @Test
    @DisplayName("13: deleted with {\"ok\": true}, and then not there")
    void deleted() {
        create("key", "one");

        assertThat(Http.delete("/v0/variables/key", token).json().toString()).isEqualTo("{\"ok\":true}");

        assertThat(Http.get("/v0/variables/key", token).status()).isEqualTo(404);
        assertThat(tenant.snapshot().secrets().names()).isEmpty();
    }

    @Test
    @DisplayName("E-11: an answer means that every instance has seen the change")
    void seen() {
        create("key", "one");
        var snapshots = ControlPlane.shared().bean(dev.rookery.catalog.snapshot.WorkspaceSnapshots.class);
        assertThat(snapshots.get(tenant.id()).secrets().value("key")).contains("one");
        Http.form("PUT", "/v0/variables/key", token, "value=two");
        assertThat(snapshots.get(tenant.id()).secrets().value("key")).contains("two");
        Http.delete("/v0/variables/key", token);
        assertThat(snapshots.get(tenant.id()).secrets().value("key")).isEmpty();
    }

    @Test
    @DisplayName(
            "SEC-6: an empty value is a value, 8 KB are allowed, and parameters may come in the query string or as JSON")
    void values() {
        assertThat(create("empty", "").status()).isEqualTo(200);
        assertThat(tenant.snapshot().secrets().value("empty")).contains("");
        assertThat(create("longest", "x".repeat(8192)).status()).isEqualTo(200);
        assertThat(Http.post("/v0/variables?name=in_query&value=v", token).status())
                .isEqualTo(200);
        assertThat(Http.form("POST", "/v0/variables", token, "{\"name\": \"in_json\", \"value\": \"v\"}")
                        .status())
                .isEqualTo(200);
        assertThat(tenant.snapshot().secrets().names())
                .containsExactlyInAnyOrder("empty", "longest", "in_query", "in_json");
    }

    @Nested
    class Returns400 {
        @Test
        @DisplayName("E-11: names, values of more than 8 KB, and types that are none")
        void invalid() {
            assertThat(create("9lives", "v").status()).isEqualTo(400);
            assertThat(create("a-b", "v").error()).contains("letters, digits and underscores");
            assertThat(create("a", "ü".repeat(4097)).error()).contains("8192 bytes");
            assertThat(Http.form("POST", "/v0/variables", token, "name=a").error())
                    .contains("'value'");
            assertThat(Http.form("POST", "/v0/variables", token, "name=a&value=v&type=plain")
                            .error())
                    .contains("'plain'");
            assertThat(tenant.snapshot().secrets().names()).isEmpty();
        }

        @Test
        @DisplayName("SEC-7: the 101st")
        void tooMany() {
            var store = ControlPlane.shared().bean(SecretStore.class);
            ControlPlane.shared().inTransaction(() -> {
                for (int i = 1; i <= 99; i++) {
                    store.create(tenant.id(), "secret_" + i, "v", "test");
                }
                return true;
            });

            assertThat(create("the_100th", "v").status()).isEqualTo(200);
            Reply refused = create("the_101st", "v");
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.error()).contains("100");
            assertThat(Http.form("PUT", "/v0/variables/the_100th", token, "value=w")
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    @DisplayName("13: 404 in the words that clients look for")
    void missing() {
        assertThat(Http.get("/v0/variables/missing", token).error()).isEqualTo("Not found");
        assertThat(Http.form("PUT", "/v0/variables/missing", token, "value=v").error())
                .isEqualTo("Variable not found");
        Reply deleted = Http.delete("/v0/variables/missing", token);
        assertThat(deleted.error()).isEqualTo("Variable not found");
        assertThat(deleted.status()).isEqualTo(404);
    }

    @Test
    @DisplayName("13: 409 for a name that is taken")
    void taken() {
        create("key", "one");

        assertThat(create("key", "two").status()).isEqualTo(409);
        assertThat(tenant.snapshot().secrets().value("key")).contains("one");
    }

    @Test
    @DisplayName("E-11: 429 for the sixth request of a second, and not for another workspace's")
    void rate() {
        int refused = 0;
        for (int i = 0; i < 50 && refused == 0; i++) {
            Reply reply = Http.get("/v0/variables", token);
            if (reply.status() == 429) {
                refused++;
                assertThat(Integer.parseInt(reply.header("Retry-After"))).isPositive();
                assertThat(reply.header("X-RateLimit-Limit")).isEqualTo("5");
            }
        }

        assertThat(refused).as("some second saw more than 5 of 50 requests").isOne();
        assertThat(Http.get("/v0/variables", Tenant.create().adminToken()).status())
                .isEqualTo(200);
    }

    @Test
    @DisplayName("E-11, WS-9: admins and guests; viewers and other scopes do not know what secrets there are")
    void roles() {
        create("key", "one");
        String guest = tenant.personalToken(tenant.member("guest"));
        String viewer = tenant.personalToken(tenant.member("viewer"));

        assertThat(Http.get("/v0/variables", guest).status()).isEqualTo(200);
        for (String other : List.of(
                viewer,
                tenant.token("WORKSPACE:READ_ALL", "TOKENS", "PIPES:READ:top"),
                tenant.userToken(),
                "nonsense")) {
            assertThat(Http.get("/v0/variables", other).status()).isEqualTo(403);
            assertThat(Http.get("/v0/variables/key", other).status()).isEqualTo(403);
            assertThat(Http.delete("/v0/variables/key", other).status()).isEqualTo(403);
        }
        assertThat(Http.get("/v0/variables/key", Tenant.create().adminToken()).status())
                .isEqualTo(404);
    }
}
