package dev.rookery.standalone.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rookery.standalone.StandalonePlatform;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Files, through all services")
class FilesTest {
    private static final Map<String, String> PROJECT = Map.of("datasources/characters.datasource", """
            SCHEMA >
                `age` Int32 `json:$.age`,
                `name` String `json:$.name`,
                `profession` String `json:$.profession`

            ENGINE "MergeTree"
            ENGINE_SORTING_KEY "name"
            ENGINE_PARTITION_KEY "profession"
            """);

    private final TestWorkspace workspace =
            TestWorkspace.create(StandalonePlatform.shared()).deploy(PROJECT);

    private Reply upload(String query, String csv) {
        String body = "--b\r\nContent-Disposition: form-data; name=\"csv\"; filename=\"x.csv\"\r\n\r\n%s\r\n--b--\r\n"
                .formatted(csv);
        Reply answer = Http.send(Http.request(
                        StandalonePlatform.shared().api(),
                        "/v0/datasources?name=characters&" + query,
                        workspace.token())
                .header("Content-Type", "multipart/form-data; boundary=b")
                .POST(BodyPublishers.ofString(body)));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer;
    }

    private void awaitDone(Reply begun) {
        String job = "/v0/jobs/" + begun.json().path("id").asString();
        await().atMost(Duration.ofSeconds(60)).until(() -> {
            var status = workspace.get(job).json().path("status").asString();
            assertThat(status).as(workspace.get(job).body()).isNotEqualTo("error");
            return status.equals("done");
        });
        assertThat(workspace.get(job).json().path("import_id").asString())
                .isEqualTo(begun.json().path("import_id").asString());
    }

    @Test
    @DisplayName("DS-1, DS-25: a part of 12 MB is read as it comes")
    void large() {
        var csv = new StringBuilder();
        for (int i = 0; i < 120_000; i++) {
            csv.append(i).append(",").append("n".repeat(90)).append(i).append(",Pilot\n");
        }

        upload("mode=append", csv.toString());

        assertThat(workspace.sqlText("SELECT count(), uniqExact(age) FROM characters"))
                .isEqualTo("120000\t120000");
    }

    @Test
    @DisplayName("RD-2, DS-7, DS-8: rows are replaced by condition, and all of them")
    void replace() {
        upload("mode=append", "20,Luke,Jedi\n900,Yoda,Jedi\n35,Han,Smuggler\n");

        awaitDone(upload(
                "mode=replace&replace_condition=" + Http.encode("profession='Jedi'"),
                "50,Mace Windu,Jedi\n1,Nobody,Pilot\n"));
        assertThat(workspace.sqlText("SELECT name FROM characters ORDER BY name"))
                .isEqualTo("Han\nMace Windu");

        awaitDone(upload("mode=replace", "2,Rey,Scavenger\n"));
        assertThat(workspace.sqlText("SELECT name FROM characters ORDER BY name"))
                .isEqualTo("Rey");
    }
}
