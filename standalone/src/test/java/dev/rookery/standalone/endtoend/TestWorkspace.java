package dev.rookery.standalone.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rookery.catalog.WorkspaceId;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** A workspace of a test's own, made and used through the API. */
final class TestWorkspace {
    private final Platform platform;
    private final String id;
    private final String name;
    private final String token;

    private TestWorkspace(Platform platform, String id, String name, String token) {
        this.platform = platform;
        this.id = id;
        this.name = name;
        this.token = token;
    }

    static TestWorkspace create(Platform platform) {
        String name = "e2e_" + UUID.randomUUID().toString().replace('-', '_');
        Reply created = Http.post(platform.api(), "/v1/workspaces?name=" + name, platform.userToken(), "");
        assertThat(created.status()).as(created.toString()).isEqualTo(200);
        JsonNode answer = created.json();
        return new TestWorkspace(
                platform,
                answer.path("id").asString(),
                name,
                answer.path("token").asString());
    }

    /** One with the shop deployed in it. */
    static TestWorkspace withShop(Platform platform) {
        return create(platform).deploy(ShopProject.FILES);
    }

    /** The same after the platform was started again. */
    TestWorkspace on(Platform restarted) {
        return new TestWorkspace(restarted, id, name, token);
    }

    String name() {
        return name;
    }

    String id() {
        return id;
    }

    String token() {
        return token;
    }

    /** The text of the token that TOKEN lines of this name made. */
    String token(String tokenName) {
        var found = platform.tokens().find(WorkspaceId.parse(id), tokenName).orElseThrow();
        return platform.tokens().text(found.id());
    }

    /** Deploys, and sets live what was deployed. */
    TestWorkspace deploy(Map<String, String> files) {
        promote(stage(files));
        return this;
    }

    /** Deploys up to staging. */
    String stage(Map<String, String> files) {
        Reply answer = Http.upload(platform.api(), "/v1/deploy", token, files);
        assertThat(answer.status()).as(answer.toString()).isBetween(200, 299);
        assertThat(answer.json().path("result").asString()).isEqualTo("success");
        String number = answer.json().path("deployment").path("id").asString();
        await().atMost(Duration.ofSeconds(60))
                .until(() -> deployment(number).path("status").asString(), "data_ready"::equals);
        return number;
    }

    JsonNode deployment(String number) {
        return get("/v1/deployments/" + number).json().path("deployment");
    }

    void promote(String number) {
        Reply answer = post("/v1/deployments/%s/set-live".formatted(number), "");
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    }

    Reply events(String datasource, String ndjson) {
        return post("/v0/events?name=" + datasource, ndjson);
    }

    Reply eventsAndWait(String datasource, String ndjson) {
        return post("/v0/events?wait=true&name=" + datasource, ndjson);
    }

    Reply get(String pathAndQuery) {
        return Http.get(platform.api(), pathAndQuery, token);
    }

    Reply post(String pathAndQuery, String body) {
        return Http.post(platform.api(), pathAndQuery, token, body);
    }

    Reply upload(String pathAndQuery, Map<String, String> files) {
        return Http.upload(platform.api(), pathAndQuery, token, files);
    }

    /** Asks the Query API. */
    Reply sql(String sql) {
        return get("/v0/sql?q=" + Http.encode(sql));
    }

    /** What the Query API answers as text, without the last line's end. */
    String sqlText(String sql) {
        Reply answer = sql(sql + " FORMAT TSV");
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer.body().stripTrailing();
    }
}
