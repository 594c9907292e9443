package dev.rookery.gateway.endpoints;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.gateway.testing.Http;
import dev.rookery.gateway.testing.Http.Reply;
import dev.rookery.gateway.testing.Tenant;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("GET /v0/pipes/{name}/explain")
class ExplainTest {
    @Test
    @DisplayName("client-contract 11: the statement and its plan in the tenant's names, for those who may see SQL")
    void explain() {
        Tenant tenant = Tenant.create("explain");
        tenant.deploy(Map.of(
                "d.datasource",
                "SCHEMA >\n    `x` UInt8 `json:$.x`\n",
                "e.pipe",
                "NODE n\nSQL >\n    %\n    SELECT count() AS c FROM d WHERE x = {{UInt8(v, 1)}}\nTYPE endpoint\n"));
        tenant.insert("d", "VALUES (7)");
        Reply reply = Http.get("/v0/pipes/e/explain?v=7", tenant.token("ADMIN"));
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        assertThat(reply.json().path("debug_query").asString()).contains("FROM d", "x = 7");
        assertThat(reply.json().path("query_explain").asString()).contains("ReadFrom");
        assertThat(reply.body()).doesNotContain("ws_0", tenant.table("d"));
        assertThat(Http.get("/v0/pipes/e/explain", tenant.token("PIPES:READ:e")).status())
                .isEqualTo(403);
    }
}
