package dev.rookery.controlplane.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.catalog.tokens.TokenStore;
import dev.rookery.controlplane.testing.ControlPlane;
import dev.rookery.controlplane.testing.Http;
import dev.rookery.controlplane.testing.Http.Reply;
import dev.rookery.controlplane.testing.Tenant;
import dev.rookery.controlplane.testing.Upload;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@DisplayName("/v0/tokens (client-contract.md 7)")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TokensTest {
    private final Tenant tenant = Tenant.create();
    private final String admin = tenant.adminToken();

    @BeforeAll
    void deploy() {
        Upload.datasource("events", "`id` Int32").live(admin);
    }

    private static String path(String reference) {
        return "/v0/tokens/" + Http.encode(reference).replace("+", "%20");
    }

    private static Reply put(String pathAndQuery, String token, String body) {
        return Http.form("PUT", pathAndQuery, token, body);
    }

    private static Reply json(String pathAndQuery, String token, String body) {
        return Http.send(Http.request(pathAndQuery, token).POST(BodyPublishers.ofString(body)));
    }

    private Reply create(String name, String scopes) {
        Reply created = Http.post("/v0/tokens?origin=C&name=" + Http.encode(name) + scopes, admin);
        assertThat(created.status()).as(created.body()).isEqualTo(200);
        return created;
    }

    private static List<String> scopes(Reply reply) {
        return reply.at("/scopes")
                .valueStream()
                .map(scope -> scope.path("type").asString() + ":"
                        + scope.path("resource").asString(""))
                .toList();
    }

    @Nested
    @DisplayName("POST")
    class Create {
        @Test
        @DisplayName("E-9 TOK-18: name and scopes in the query, without a body; the whole token is the answer")
        void query() {
            Reply created = create("reader", "&scope=DATASOURCES:READ:events&scope=PIPES:READ:top&description=for+us");
            JsonNode token = created.json();
            assertThat(token.propertyNames())
                    .containsExactlyInAnyOrder(
                            "id", "name", "description", "token", "scopes", "origin", "host", "is_internal");
            assertThat(created.text("/name")).isEqualTo("reader");
            assertThat(created.text("/description")).isEqualTo("for us");
            assertThat(created.text("/token")).startsWith("p.e");
            assertThat(created.text("/host")).isEqualTo("local");
            assertThat(created.text("/origin")).isEqualTo("C");
            assertThat(created.at("/is_internal").asBoolean()).isFalse();
            assertThat(scopes(created)).containsExactly("DATASOURCES:READ:events", "PIPES:READ:top");
            assertThat(created.text("/scopes/0/filter")).isEmpty();
        }

        @Test
        @DisplayName(
                "rule 4, rule 5, rule 6: JSON without Content-Type, with a trailing slash, scopes as objects or text")
        void json() {
            Reply objects = TokensTest.json(
                    "/v0/tokens/",
                    admin,
                    "{\"name\":\"a\",\"scopes\":[{\"type\":\"DATASOURCES:APPEND\",\"resource\":\"events\"},"
                            + "{\"type\":\"WORKSPACE:READ_ALL\"}]}");
            assertThat(scopes(objects)).containsExactly("DATASOURCES:APPEND:events", "WORKSPACE:READ_ALL:");
            assertThat(objects.at("/scopes/1").propertyNames()).containsExactly("type");
            Reply texts =
                    TokensTest.json("/v0/tokens", admin, "{\"name\":\"b\",\"scope\":[\"PIPES:READ:x\",\"TOKENS\"]}");
            assertThat(scopes(texts)).containsExactly("PIPES:READ:x", "TOKENS:");
            Reply form = Http.form("POST", "/v0/tokens", admin, "name=c&scope=ADMIN");
            assertThat(scopes(form)).containsExactly("ADMIN:");
        }

        @Test
        @DisplayName("E5: the token works as soon as the answer is there")
        void worksAtOnce() {
            String token = create("at once", "&scope=WORKSPACE:READ_ALL").text("/token");
            assertThat(Http.get("/v1/deployments", token).status()).isEqualTo(200);
        }

        @Test
        @DisplayName("client-contract 7: the singular forms that guides use")
        void singular() {
            assertThat(scopes(create("singular", "&scope=DATASOURCE:APPEND:events&scope=DATASOURCE:CREATE")))
                    .containsExactly("DATASOURCES:APPEND:events", "DATASOURCES:CREATE:");
        }

        @Test
        @DisplayName("rule 12: a resource given by its id is kept by its name")
        void byId() {
            String id = tenant.snapshot()
                    .live()
                    .datasource("events")
                    .orElseThrow()
                    .id()
                    .toString();
            assertThat(scopes(create("by id", "&scope=DATASOURCES:READ:" + id)))
                    .containsExactly("DATASOURCES:READ:events");
            assertThat(Http.post("/v0/tokens?name=q&scope=PIPES:READ:t_" + "0".repeat(32), admin)
                            .status())
                    .isEqualTo(400);
        }

        @ParameterizedTest
        @CsvSource({
            "scope=TOKENS, name",
            "name=, name",
            "name=x, scope",
            "name=x&scope=, scope",
            "name=x&scope=NONSENSE, NONSENSE",
            "name=x&scope=PIPES:READ, resource",
            "name=x&scope=ADMIN:events, ADMIN:events",
            "name=x&scope=DATASOURCES:READ:events:id%3D1, JWT",
            "name=a%2Fb&scope=TOKENS, slashes",
            "name=a%0Ab&scope=TOKENS, control",
            "name=admin+new%40person.com&scope=TOKENS, members"
        })
        @DisplayName("TOK-17 E-10: what is missing or wrong is said, 400")
        void bad(String query, String hint) {
            Reply reply = Http.post("/v0/tokens?" + query, admin);
            assertThat(reply.status()).as(reply.body()).isEqualTo(400);
            assertThat(reply.error()).contains(hint);
        }

        @Test
        @DisplayName("TOK-18: a name that is taken is a conflict, also that of the admin token")
        void taken() {
            create("twice", "&scope=TOKENS");
            assertThat(Http.post("/v0/tokens?name=twice&scope=TOKENS", admin).status())
                    .isEqualTo(409);
            assertThat(Http.post("/v0/tokens?name=workspace+admin+token&scope=ADMIN", admin)
                            .status())
                    .isEqualTo(409);
        }

        @Test
        @DisplayName("TOK-20 LIM-15: no more tokens than the plan has")
        void quota() {
            Tenant full = Tenant.create();
            ControlPlane.shared().jdbc().sql("""
                            insert into organization_limits (organization_id, name, value)
                            select organization_id, 'tokens', 3 from workspaces where id = :id
                            """).param("id", full.id().value()).update();
            assertThat(Http.post("/v0/tokens?name=third&scope=TOKENS", full.adminToken())
                            .status())
                    .isEqualTo(200);
            Reply fourth = Http.post("/v0/tokens?name=fourth&scope=TOKENS", full.adminToken());
            assertThat(fourth.status()).isEqualTo(400);
            assertThat(fourth.error()).contains("3 tokens");
        }
    }

    @Nested
    @DisplayName("GET")
    class Read {
        @Test
        @DisplayName("TOK-4 TOK-5 TOK-6: the list has the platform's tokens, and no user token")
        void list() {
            Reply list = Http.get("/v0/tokens", tenant.personalToken(tenant.email()));
            assertThat(list.at("/tokens")
                            .valueStream()
                            .map(token -> token.path("name").asString()))
                    .contains(TokenStore.WORKSPACE_ADMIN_NAME, TokenStore.personalName(tenant.email()));
            assertThat(list.body()).contains(admin).doesNotContain(tenant.userToken());
            JsonNode personal = list.at("/tokens")
                    .valueStream()
                    .filter(token -> token.path("name").asString().startsWith("admin "))
                    .findFirst()
                    .orElseThrow();
            assertThat(personal.path("is_internal").asBoolean()).isTrue();
            assertThat(personal.at("/scopes/0/type").asString()).isEqualTo("ADMIN");
        }

        @Test
        @DisplayName("rule 12: one by id, by name and by text; .token is its text, as text/plain alone")
        void one() {
            Reply created = create("one of them", "&scope=PIPES:READ:top");
            for (String reference : List.of(created.text("/id"), "one of them", created.text("/token"))) {
                assertThat(Http.get(path(reference), admin).json()).isEqualTo(created.json());
            }
            Reply text = Http.get(path("one of them") + ".token", admin);
            assertThat(text.body()).isEqualTo(created.text("/token"));
            assertThat(text.header("Content-Type")).isEqualTo("text/plain");
        }

        @Test
        @DisplayName("client-contract 7: one that is not there is 403 in the words clients know, as is another's")
        void missing() {
            String others = Tenant.create().adminToken();
            for (String reference :
                    List.of("nothing", others, "nothing.token", "00000000-0000-0000-0000-000000000000")) {
                Reply reply = Http.get(path(reference), admin);
                assertThat(reply.status()).isEqualTo(403);
                assertThat(reply.error())
                        .isEqualTo("Token has not enough permissions to get information about this token");
            }
        }

        @Test
        @DisplayName("any token reads about itself, and no other")
        void itself() {
            String reader = tenant.token("PIPES:READ:top");
            assertThat(Http.get(path(reader), reader).text("/token")).isEqualTo(reader);
            assertThat(Http.get(path(admin), reader).status()).isEqualTo(403);
            assertThat(Http.get("/v0/tokens", reader).status()).isEqualTo(403);
        }

        @Test
        @DisplayName("TOK-6: a user token reads about itself alone")
        void userToken() {
            String user = tenant.userToken();
            Reply own = Http.get(path(user), user);
            assertThat(own.text("/token")).isEqualTo(user);
            assertThat(Http.get(path(admin), user).status()).isEqualTo(403);
            assertThat(Http.get("/v0/tokens", user).status()).isEqualTo(403);
        }
    }

    @Nested
    @DisplayName("PUT")
    class Change {
        @Test
        @DisplayName("client-contract 7: scopes are replaced, name and description changed; what is not named stays")
        void change() {
            Reply created = create("changing", "&scope=PIPES:READ:a&description=d");
            String id = created.text("/id");
            Reply scoped = put(path("changing") + "?scope=PIPES:READ:b&scope=TOKENS", admin, "");
            assertThat(scopes(scoped)).containsExactly("PIPES:READ:b", "TOKENS:");
            assertThat(scoped.text("/description")).isEqualTo("d");
            assertThat(scoped.text("/token")).isEqualTo(created.text("/token"));
            Reply renamed = put(path(id) + "?name=changed&description=", admin, "");
            assertThat(renamed.text("/name")).isEqualTo("changed");
            assertThat(renamed.text("/description")).isEmpty();
            assertThat(scopes(renamed)).containsExactly("PIPES:READ:b", "TOKENS:");
        }

        @Test
        @DisplayName("rule 5: many scopes come as a raw body without Content-Type")
        void body() {
            create("many", "&scope=TOKENS");
            StringBuilder body = new StringBuilder("scope=PIPES:READ:p0");
            for (int i = 1; i < 300; i++) {
                body.append("&scope=PIPES:READ:p").append(i);
            }
            assertThat(scopes(put(path("many"), admin, body.toString()))).hasSize(300);
        }

        @Test
        @DisplayName("E5: a scope that is taken away is gone when the answer is there")
        void gone() {
            String token = create("losing", "&scope=WORKSPACE:READ_ALL").text("/token");
            assertThat(Http.get("/v1/deployments", token).status()).isEqualTo(200);
            put(path("losing") + "?scope=PIPES:READ:x", admin, "");
            assertThat(Http.get("/v1/deployments", token).status()).isEqualTo(403);
        }

        @Test
        @DisplayName("TOK-9 TOK-19: what deployments or the platform keep is theirs; missing ones are 404")
        void kept() {
            Tenant other = Tenant.create();
            Upload.of("events.datasource", "TOKEN app_read READ\nSCHEMA >\n    `id` Int32 `json:$.id`\n")
                    .live(other.adminToken());
            for (String name : List.of("app_read", TokenStore.WORKSPACE_ADMIN_NAME)) {
                assertThat(put(path(name) + "?scope=TOKENS", other.adminToken(), "")
                                .status())
                        .as(name)
                        .isEqualTo(400);
                assertThat(Http.delete(path(name), other.adminToken()).status())
                        .as(name)
                        .isEqualTo(400);
            }
            assertThat(Http.get(path("app_read"), other.adminToken()).text("/origin"))
                    .isEqualTo("DF");
            assertThat(Http.post(path("app_read") + "/refresh", other.adminToken())
                            .status())
                    .isEqualTo(200);
            assertThat(put(path("nothing") + "?scope=TOKENS", admin, "").status())
                    .isEqualTo(404);
            assertThat(Http.delete(path("nothing"), admin).status()).isEqualTo(404);
            assertThat(Http.post(path("nothing") + "/refresh", admin).status()).isEqualTo(404);
        }
    }

    @Nested
    @DisplayName("refresh and DELETE")
    class Renew {
        @Test
        @DisplayName("TOK-1 TOK-19: a refreshed token has a new text, and the old one is dead when the answer is there")
        void refresh() {
            Reply created = create("fresh", "&scope=WORKSPACE:READ_ALL");
            Reply refreshed = Http.post(path("fresh") + "/refresh", admin);
            assertThat(refreshed.text("/id")).isEqualTo(created.text("/id"));
            assertThat(refreshed.text("/token")).isNotEqualTo(created.text("/token"));
            assertThat(Http.get("/v1/deployments", created.text("/token")).status())
                    .isEqualTo(403);
            assertThat(Http.get("/v1/deployments", refreshed.text("/token")).status())
                    .isEqualTo(200);
        }

        @Test
        @DisplayName("TOK-4: the admin token refreshes itself, and is still the admin token")
        void adminToken() {
            Tenant other = Tenant.create();
            String old = other.adminToken();
            String fresh = Http.post(path(TokenStore.WORKSPACE_ADMIN_NAME) + "/refresh", old)
                    .text("/token");
            assertThat(Http.get("/v0/tokens", old).status()).isEqualTo(403);
            assertThat(Http.get("/v0/tokens", fresh).status()).isEqualTo(200);
        }

        @Test
        @DisplayName("TOK-6: a person refreshes their user token")
        void userToken() {
            String user = Tenant.userToken(Tenant.newEmail());
            String fresh = Http.post(path(user) + "/refresh", user).text("/token");
            assertThat(Http.get(path(fresh), fresh).status()).isEqualTo(200);
            assertThat(Http.get(path(fresh), user).status()).isEqualTo(403);
        }

        @Test
        @DisplayName("TOK-19: a deleted token is dead when the answer is there")
        void delete() {
            String token = create("short-lived", "&scope=WORKSPACE:READ_ALL").text("/token");
            Reply deleted = Http.delete(path(token), admin);
            assertThat(deleted.json()).isEqualTo(JsonMapper.shared().readTree("{\"ok\":true}"));
            assertThat(Http.get("/v1/deployments", token).status()).isEqualTo(403);
            assertThat(Http.get(path("short-lived"), admin).status()).isEqualTo(403);
        }
    }

    @Nested
    @DisplayName("who may do what")
    class Rules {
        @Test
        @DisplayName("TOK-13: TOKENS manages tokens, and makes none that may do more than it")
        void tokensScope() {
            String manager = tenant.token("TOKENS");
            assertThat(Http.post("/v0/tokens?name=by+manager&scope=PIPES:READ:x&scope=TOKENS", manager)
                            .status())
                    .isEqualTo(200);
            for (String scope : List.of("ADMIN", "ORG_DATASOURCES:READ")) {
                assertThat(Http.post("/v0/tokens?name=more&scope=" + scope, manager)
                                .status())
                        .as(scope)
                        .isEqualTo(403);
                assertThat(put(path("by manager") + "?scope=" + scope, manager, "")
                                .status())
                        .as(scope)
                        .isEqualTo(403);
            }
            assertThat(Http.get("/v0/tokens", manager).body()).doesNotContain(admin);
            assertThat(Http.get(path(admin), manager).status()).isEqualTo(403);
            assertThat(Http.post(path(TokenStore.WORKSPACE_ADMIN_NAME) + "/refresh", manager)
                            .status())
                    .isEqualTo(403);
            assertThat(Http.delete(path("by manager"), manager).status()).isEqualTo(200);
        }

        @Test
        @DisplayName("TOK-4 WS-9: guests manage tokens but never see or make one with ADMIN; viewers none")
        void roles() {
            String guest = tenant.personalToken(tenant.member("guest"));
            String viewer = tenant.personalToken(tenant.member("viewer"));
            Reply list = Http.get("/v0/tokens", guest);
            assertThat(list.status()).isEqualTo(200);
            assertThat(list.body()).contains(guest).doesNotContain(admin, viewer, tenant.personalToken(tenant.email()));
            assertThat(Http.post("/v0/tokens?name=escalated&scope=ADMIN", guest).status())
                    .isEqualTo(403);
            assertThat(Http.post("/v0/tokens?name=guests&scope=PIPES:READ:x", guest)
                            .status())
                    .isEqualTo(200);
            assertThat(Http.get("/v0/tokens", viewer).status()).isEqualTo(403);
            assertThat(Http.post("/v0/tokens?name=viewers&scope=PIPES:READ:x", viewer)
                            .status())
                    .isEqualTo(403);
        }

        @Test
        @DisplayName("TOK-5: a member's own token is for nobody else, whatever they may do")
        void personal() {
            String member = tenant.member("admin");
            String personal = tenant.personalToken(member);
            String name = TokenStore.personalName(member);
            assertThat(Http.get("/v0/tokens", admin).body()).doesNotContain(personal);
            assertThat(Http.get(path(name), admin).status()).isEqualTo(403);
            assertThat(Http.post(path(name) + "/refresh", admin).status()).isEqualTo(403);
            String fresh = Http.post(path(name) + "/refresh", personal).text("/token");
            assertThat(Http.get("/v0/tokens", fresh).body()).contains(fresh);
        }

        @Test
        @DisplayName("TOK-16: the organization's data is for its admins to give")
        void organization() {
            String owner = tenant.personalToken(tenant.email());
            String query = "&scope=WORKSPACE:READ_ALL&scope=ORG_DATASOURCES:READ";
            assertThat(Http.post("/v0/tokens?name=bi" + query, owner).status()).isEqualTo(200);
            assertThat(Http.post("/v0/tokens?name=bi2" + query, admin).status()).isEqualTo(403);
            String member = tenant.personalToken(tenant.member("admin"));
            assertThat(Http.post("/v0/tokens?name=bi3" + query, member).status())
                    .isEqualTo(403);
        }

        @Test
        @DisplayName("a token speaks of its own workspace only")
        void otherWorkspace() {
            Tenant other = Tenant.create();
            String token = other.namedToken("theirs", "PIPES:READ:x");
            for (String reference : List.of("theirs", token)) {
                assertThat(Http.get(path(reference), admin).status()).isEqualTo(403);
                assertThat(Http.delete(path(reference), admin).status()).isEqualTo(404);
                assertThat(put(path(reference) + "?scope=TOKENS", admin, "").status())
                        .isEqualTo(404);
                assertThat(Http.post(path(reference) + "/refresh", admin).status())
                        .isEqualTo(404);
            }
            assertThat(Http.get(path(token), token).status()).isEqualTo(200);
        }
    }

    @Nested
    @DisplayName("JWTs made by the API")
    class Jwts {
        private final long exp = Instant.now().getEpochSecond() + 600;

        private JsonNode claims(String jwt) {
            String payload = jwt.split("\\.", -1)[1];
            return JsonMapper.shared()
                    .readTree(new String(Base64.getUrlDecoder().decode(payload), StandardCharsets.UTF_8));
        }

        @Test
        @DisplayName("JWT-16 E-10: JSON scopes without Content-Type, name and expiration_time in the query")
        void made() {
            Reply made = json(
                    "/v0/tokens?name=frontend&expiration_time=" + exp,
                    admin,
                    "{\"scopes\":[{\"type\":\"PIPES:READ\",\"resource\":\"top\",\"fixed_params\":{\"org\":\"a\"},\"filter\":\"\"},"
                            + "{\"type\":\"DATASOURCES:READ\",\"resource\":\"events\",\"fixed_params\":{},\"filter\":\"id = 1\"}],"
                            + "\"limits\":{\"rps\":10}}");
            assertThat(made.json().propertyNames()).containsExactly("token");
            String jwt = made.text("/token");
            assertThat(claims(jwt))
                    .isEqualTo(JsonMapper.shared()
                            .readTree(
                                    "{\"workspace_id\":\"%s\",\"name\":\"frontend\",\"exp\":%d,\"scopes\":[{\"type\":\"PIPES:READ\",\"resource\":\"top\",\"fixed_params\":{\"org\":\"a\"}},{\"type\":\"DATASOURCES:READ\",\"resource\":\"events\",\"filter\":\"id = 1\"}],\"limits\":{\"rps\":10}}"
                                            .formatted(tenant.id(), exp)));
            assertThat(tenant.tokenNames()).doesNotContain("frontend");
        }

        @Test
        @DisplayName("E-10: name in JSON, fractional time, scopes as text")
        void otherForms() {
            Reply made = json(
                    "/v0/tokens/?from=ts-sdk&expiration_time=" + exp + ".5",
                    admin,
                    "{\"name\":\"n\",\"scopes\":[\"PIPES:READ:top\"]}");
            JsonNode claims = claims(made.text("/token"));
            assertThat(claims.path("exp").doubleValue()).isEqualTo(exp + 0.5);
            assertThat(claims.at("/scopes/0/resource").asString()).isEqualTo("top");
        }

        @Test
        @DisplayName("JWT-13: the JWT is good, and good for no other API")
        void refusedElsewhere() {
            String jwt = json(
                            "/v0/tokens?name=j&expiration_time=" + exp,
                            admin,
                            "{\"scopes\":[{\"type\":\"PIPES:READ\",\"resource\":\"top\"}]}")
                    .text("/token");
            assertThat(Http.get("/v0/auth", jwt).body()).contains("\"is_valid\":true");
            for (String path : List.of("/v0/tokens", "/v1/workspace", "/v1/deployments", "/v0/jobs", path("x"))) {
                Reply reply = Http.get(path, jwt);
                assertThat(reply.status()).as(path).isEqualTo(403);
                assertThat(reply.error()).contains("JWT");
            }
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{\"scopes\":[]}",
                    "{}",
                    "{\"scopes\":[{\"type\":\"ADMIN\"}]}",
                    "{\"scopes\":[{\"type\":\"DATASOURCES:APPEND\",\"resource\":\"events\"}]}",
                    "{\"scopes\":[{\"type\":\"PIPES:READ\"}]}",
                    "{\"scopes\":[{\"type\":\"PIPES:READ\",\"resource\":\"a\",\"fixed_params\":[1]}]}",
                    "{\"scopes\":[{\"type\":\"PIPES:READ\",\"resource\":\"a\",\"filter\":\"x = 1\"}]}",
                    "{\"scopes\":[{\"type\":\"DATASOURCES:READ\",\"resource\":\"a\",\"filter\":\"x IN (SELECT 1)\"}]}",
                    "{\"scopes\":[{\"type\":\"DATASOURCES:READ\",\"resource\":\"a\",\"fixed_params\":{\"a\":1}}]}",
                    "{\"scopes\":[{\"type\":\"PIPES:READ\",\"resource\":\"a\"}],\"limits\":{\"rps\":\"many\"}}"
                })
        @DisplayName("E-10: what the gateway would refuse is 400")
        void bad(String body) {
            Reply reply = json("/v0/tokens?name=bad&expiration_time=" + exp, admin, body);
            assertThat(reply.status()).as(reply.body()).isEqualTo(400);
        }

        @ParameterizedTest
        @ValueSource(strings = {"0", "1700000000", "soon", "NaN", "1e999", "-1"})
        @DisplayName("E-10 JWT-6: the end is in the future")
        void badTime(String time) {
            String body = "{\"scopes\":[{\"type\":\"PIPES:READ\",\"resource\":\"a\"}]}";
            assertThat(json("/v0/tokens?name=bad&expiration_time=" + time, admin, body)
                            .status())
                    .isEqualTo(400);
        }

        @Test
        @DisplayName("E-10 TOK-13: TOKENS and ADMIN sign, others do not")
        void rights() {
            String body = "{\"scopes\":[{\"type\":\"PIPES:READ\",\"resource\":\"a\"}]}";
            Map<String, Integer> expected = Map.of(
                    tenant.token("TOKENS"), 200,
                    tenant.token("WORKSPACE:READ_ALL"), 403,
                    tenant.token("PIPES:READ:a"), 403,
                    tenant.userToken(), 403);
            expected.forEach((token, status) -> assertThat(json("/v0/tokens?name=r&expiration_time=" + exp, token, body)
                            .status())
                    .isEqualTo(status));
        }
    }
}
