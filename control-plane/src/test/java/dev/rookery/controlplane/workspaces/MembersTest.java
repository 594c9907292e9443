package dev.rookery.controlplane.workspaces;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.controlplane.testing.ControlPlane;
import dev.rookery.controlplane.testing.Http;
import dev.rookery.controlplane.testing.Http.Reply;
import dev.rookery.controlplane.testing.Tenant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code PUT /v0/workspaces/{id}/users/} (client-contract.md 5). */
class MembersTest {
    private static Reply put(Tenant tenant, String form, String token) {
        return Http.form("PUT", "/v0/workspaces/" + tenant.id() + "/users/", token, form);
    }

    private static String roleOf(Tenant tenant, String email) {
        return members(tenant)
                .filter(member -> member.startsWith(email + " "))
                .map(member -> member.substring(member.indexOf(' ') + 1))
                .findFirst()
                .orElse("none");
    }

    private static Stream<String> members(Tenant tenant) {
        return Http.get("/v1/workspaces/" + tenant.id(), tenant.userToken())
                .at("/members")
                .valueStream()
                .map(member -> member.path("email").asString() + " "
                        + member.path("role").asString());
    }

    @Nested
    class Returns200 {
        @Test
        @DisplayName("WS-7 several at once; invited people are guests unless the invitation says otherwise")
        void add() {
            Tenant tenant = Tenant.create();
            String one = Tenant.newEmail();
            String two = Tenant.newEmail().toUpperCase(Locale.ROOT);

            Reply reply = put(tenant, "operation=add&users=%s,+%s".formatted(one, two), tenant.userToken());

            assertThat(reply.status()).isEqualTo(200);
            assertThat(roleOf(tenant, one)).isEqualTo("guest");
            assertThat(roleOf(tenant, two.toLowerCase(Locale.ROOT))).isEqualTo("guest");
            assertThat(Http.get("/v1/workspace", tenant.personalToken(one)).status())
                    .isEqualTo(200);
        }

        @Test
        @DisplayName("WS-8 a member has one role, changeable at any time, and the token follows at once")
        void changeRole() {
            Tenant tenant = Tenant.create();
            String viewer = tenant.member("viewer");
            String token = tenant.personalToken(viewer);

            assertThat(Http.get("/v1/workspace", token).text("/scope")).isEqualTo("user");
            Reply reply = put(tenant, "operation=change_role&new_role=Admin&users=" + viewer, tenant.userToken());

            assertThat(reply.status()).isEqualTo(200);
            assertThat(roleOf(tenant, viewer)).isEqualTo("admin");
            assertThat(Http.get("/v1/workspace", token).text("/scope")).isEqualTo("admin");
        }

        @Test
        @DisplayName("WS-7 a removed member's token is worth nothing")
        void remove() {
            Tenant tenant = Tenant.create();
            String guest = tenant.member("guest");
            String token = tenant.personalToken(guest);

            assertThat(put(tenant, "operation=remove&users=" + guest, tenant.userToken())
                            .status())
                    .isEqualTo(200);

            assertThat(roleOf(tenant, guest)).isEqualTo("none");
            assertThat(Http.get("/v1/workspace", token).status()).isEqualTo(403);
            assertThat(Http.get("/v1/user/workspaces", Tenant.userToken(guest))
                            .at("/workspaces")
                            .size())
                    .isZero();
        }

        @Test
        @DisplayName("WS-8 changes at the same time do not undo each other")
        void concurrent() throws Exception {
            Tenant tenant = Tenant.create();
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                threads.invokeAll(IntStream.range(0, 6)
                                .<Callable<String>>mapToObj(n -> () -> tenant.member("guest"))
                                .toList())
                        .forEach(future -> assertThat(future.resultNow()).isNotBlank());
            }

            assertThat(members(tenant)).hasSize(7);
        }

        @Test
        @DisplayName("ORG-11 an organization admin manages members of a workspace without being one")
        void organizationAdmin() {
            Tenant tenant = Tenant.create();
            String admin = Tenant.newEmail();
            String userToken = Tenant.userToken(admin);
            ControlPlane.shared()
                    .jdbc()
                    .sql("""
                            insert into organization_members (organization_id, user_id, role)
                            select w.organization_id, u.id, 'admin' from workspaces w, users u
                             where w.id = :workspace and u.email = :email
                            """)
                    .param("workspace", tenant.id().value())
                    .param("email", admin)
                    .update();
            String viewer = tenant.member("viewer");

            assertThat(put(tenant, "operation=change_role&new_role=admin&users=" + viewer, userToken)
                            .status())
                    .isEqualTo(200);
            assertThat(put(tenant, "operation=remove&users=" + viewer, userToken)
                            .status())
                    .isEqualTo(200);
            Reply seen = Http.get("/v1/workspaces/" + tenant.id() + "?with_token=true", userToken);
            assertThat(seen.status()).isEqualTo(200);
            assertThat(seen.at("/role").isNull()).isTrue();
            assertThat(seen.at("/token").isMissingNode()).isTrue();
        }
    }

    @Nested
    class Returns400 {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "users=a@b.example",
                    "operation=add",
                    "operation=add&users=,",
                    "operation=add&users=nobody",
                    "operation=add&users=a@b.example&role=owner",
                    "operation=promote&users=a@b.example",
                    "{\"operation\": ",
                })
        @DisplayName("WS-7 what is missing or wrong is said, and nobody is added")
        void bad(String form) {
            Tenant tenant = Tenant.create();

            Reply reply = put(tenant, form, tenant.userToken());

            assertThat(reply.status()).isEqualTo(400);
            assertThat(reply.error()).isNotBlank();
            assertThat(members(tenant)).hasSize(1);
        }
    }

    @Nested
    class Returns403 {
        @Test
        @DisplayName("WS-9 guests, viewers and strangers manage nobody")
        void notAdmin() {
            Tenant tenant = Tenant.create();
            List<String> tokens = List.of(
                    Tenant.userToken(tenant.member("guest")),
                    Tenant.userToken(tenant.member("viewer")),
                    Tenant.userToken(Tenant.newEmail()),
                    tenant.token("TOKENS"),
                    Tenant.create().adminToken());

            for (String token : tokens) {
                Reply reply = put(tenant, "operation=add&users=" + Tenant.newEmail(), token);
                assertThat(reply.status()).isEqualTo(403);
                assertThat(reply.error()).isNotBlank();
            }
            assertThat(members(tenant)).hasSize(3);
        }

        @Test
        @DisplayName("TOK-6 a personal token of one workspace is worth nothing in another where its owner is admin")
        void personalTokenElsewhere() {
            Tenant mine = Tenant.create();
            Tenant other = Tenant.create();
            put(other, "operation=add&role=guest&users=" + mine.email(), other.userToken());
            String guestThere = other.personalToken(mine.email());

            assertThat(put(mine, "operation=add&users=" + Tenant.newEmail(), guestThere)
                            .status())
                    .isEqualTo(403);
            assertThat(Http.delete("/v1/workspaces/" + mine.id() + "?confirmation=" + mine.name(), guestThere)
                            .status())
                    .isEqualTo(403);
            assertThat(put(mine, "operation=add&users=" + Tenant.newEmail(), mine.personalToken(mine.email()))
                            .status())
                    .isEqualTo(200);
        }
    }

    @Nested
    class Returns404 {
        @Test
        @DisplayName("WS-7 only members are removed or given another role")
        void notMember() {
            Tenant tenant = Tenant.create();
            String stranger = Tenant.create().email();

            assertThat(put(tenant, "operation=remove&users=" + stranger, tenant.userToken())
                            .status())
                    .isEqualTo(404);
            assertThat(put(tenant, "operation=change_role&new_role=admin&users=" + stranger, tenant.userToken())
                            .status())
                    .isEqualTo(404);
        }
    }
}
