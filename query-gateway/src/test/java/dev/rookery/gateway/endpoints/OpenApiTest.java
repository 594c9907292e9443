package dev.rookery.gateway.endpoints;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.gateway.testing.Gateway;
import dev.rookery.gateway.testing.Http;
import dev.rookery.gateway.testing.Tenant;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

@DisplayName("GW-21 GET /v0/pipes/openapi.json")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OpenApiTest {
    private final Tenant tenant = Tenant.create("openapi");

    @BeforeAll
    void deploy() {
        tenant.deploy(Map.of(
                "base.pipe", """
                NODE n
                SQL >
                    %
                    SELECT {{Int32(below, 3, description='how deep')}} AS x
                """, "one.pipe", """
                DESCRIPTION >
                    The first one
                NODE n
                SQL >
                    %
                    SELECT * FROM base WHERE x != {{Float64(y, required=True)}} AND 'a' IN {{Array(zs, 'String', 'a,b')}}
                TYPE endpoint
                """, "two.pipe", "NODE n\nSQL >\n    SELECT 1 AS x\nTYPE endpoint\n"));
    }

    @Test
    @DisplayName("every endpoint of the token, with the parameters of the pipes it reads")
    void all() {
        JsonNode document =
                Http.get("/v0/pipes/openapi.json", tenant.token("ADMIN")).json();
        assertThat(document.path("openapi").asString()).isEqualTo("3.1.0");
        assertThat(document.path("servers").get(0).path("url").asString())
                .isEqualTo(Gateway.shared().url() + "/v0");
        assertThat(document.path("paths").propertyNames()).containsExactly("/pipes/one.json", "/pipes/two.json");
        JsonNode get = document.path("paths").path("/pipes/one.json").path("get");
        assertThat(get.path("description").asString()).isEqualTo("The first one");
        JsonNode parameters = get.path("parameters");
        assertThat(parameters.valueStream().map(p -> p.path("name").asString()))
                .containsExactlyInAnyOrder("below", "y", "zs");
        parameters.forEach(parameter -> {
            switch (parameter.path("name").asString()) {
                case "below" -> {
                    assertThat(parameter.path("schema").toString()).isEqualTo("{\"type\":\"integer\",\"default\":3}");
                    assertThat(parameter.path("description").asString()).isEqualTo("how deep");
                    assertThat(parameter.path("required").asBoolean()).isFalse();
                }
                case "y" -> {
                    assertThat(parameter.path("schema").path("type").asString()).isEqualTo("number");
                    assertThat(parameter.path("required").asBoolean()).isTrue();
                }
                default ->
                    assertThat(parameter.path("schema").path("items").toString())
                            .isEqualTo("{\"type\":\"string\"}");
            }
        });
    }

    @Test
    @DisplayName("TOK-12: a token sees only what it may call")
    void scoped() {
        JsonNode document = Http.get("/v0/pipes/openapi.json?token=" + tenant.token("PIPES:READ:two"), "x")
                .json();
        assertThat(document.has("paths")).isFalse();
        JsonNode own = Http.get("/v0/pipes/openapi.json", tenant.token("PIPES:READ:two"))
                .json();
        assertThat(own.path("paths").propertyNames()).containsExactly("/pipes/two.json");
    }
}
