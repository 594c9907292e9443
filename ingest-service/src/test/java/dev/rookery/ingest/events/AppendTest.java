package dev.rookery.ingest.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.ingest.testing.EventsClient;
import dev.rookery.ingest.testing.TestPlatform;
import dev.rookery.ingest.testing.TestService;
import dev.rookery.ingest.testing.TestWorkspace;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@DisplayName("POST /v0/events")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AppendTest {
    private static final String EVENTS = """
            SCHEMA >
                `date` Date `json:$.date`,
                `city` String `json:$.city`,
                `n` UInt32 `json:$.n` DEFAULT 7

            ENGINE "MergeTree"
            ENGINE_SORTING_KEY "date"
            """;

    private final TestPlatform platform = TestPlatform.onSharedEngines();
    private final TestWorkspace workspace = platform.newWorkspace();
    private TestService service;
    private EventsClient client;

    @BeforeAll
    void start() {
        workspace.deploy(TestWorkspace.datasource("events", EVENTS));
        service = TestService.start(platform);
        client = service.client(workspace.adminToken());
    }

    @AfterAll
    void stop() {
        client.close();
        service.close();
    }

    @Test
    @DisplayName("EV-3, EV-8: with wait=true the rows are in ClickHouse when 200 is answered")
    void waits() throws Exception {
        var response = client.post("name=events&wait=true", """
                {"date": "2020-04-05", "city": "Chicago"}
                {"date": "2020-04-05", "city": "Madrid", "n": 3}""");

        assertThat(response.body()).isEqualTo("{\"successful_rows\":2,\"quarantined_rows\":0}");
        assertThat(response.statusCode()).isEqualTo(200);
        String table = workspace.tables("events").getFirst();
        assertThat(workspace.clickHouse().execute("SELECT city, n FROM " + table + " ORDER BY city FORMAT TSV"))
                .isEqualTo("Chicago\t7\nMadrid\t3");
    }
}
