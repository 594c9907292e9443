package dev.rookery.ingest.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.ingest.testing.EventsClient;
import dev.rookery.ingest.testing.Load;
import dev.rookery.ingest.testing.TestPlatform;
import dev.rookery.ingest.testing.TestService;
import dev.rookery.ingest.testing.TestWorkspace;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@DisplayName("POST /v0/events with large bodies")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LargeBodiesTest {
    private static final int ROWS = 400_000;

    private final TestPlatform platform = TestPlatform.onSharedEngines();
    private final TestWorkspace workspace = platform.newWorkspace();
    private final TestService service;
    private final EventsClient client;

    LargeBodiesTest() {
        workspace.deploy(TestWorkspace.datasource("events", Load.DATASOURCE));
        service = TestService.start(platform, "--rookery.ingest.events.wait-timeout=60s");
        client = service.client(workspace.adminToken());
    }

    @AfterAll
    void stop() {
        client.close();
        service.close();
    }

    @Test
    @DisplayName("ALGORITHMS 9: many records, acknowledged after the last, with exact counts")
    void manyRecords() throws Exception {
        byte[] body = LongStream.range(0, ROWS)
                .mapToObj(id -> id % 1_000 == 7 ? "{\"id\":\"x\"}" : "{\"id\":%d,\"word\":\"w%d\"}".formatted(id, id))
                .collect(Collectors.joining("\n"))
                .getBytes(StandardCharsets.UTF_8);

        var response = client.send(client.request("name=events&wait=true").POST(BodyPublishers.ofByteArray(body)));

        assertThat(response.body()).isEqualTo("{\"successful_rows\":399600,\"quarantined_rows\":400}");
        assertThat(response.statusCode()).isEqualTo(200);
        String table = workspace.tables("events").getFirst();
        assertThat(workspace
                        .clickHouse()
                        .execute("SELECT count(), uniqExact(id), sum(cityHash64(id, word)) FROM %s FORMAT TSV"
                                .formatted(table)))
                .isEqualTo(workspace.clickHouse().execute("""
                        SELECT count(), uniqExact(id), sum(cityHash64(id, concat('w', toString(id))))
                        FROM (SELECT number AS id FROM numbers(%d) WHERE number %% 1000 != 7) FORMAT TSV""".formatted(ROWS)));
        assertThat(workspace.clickHouse().count(workspace.quarantines("events").getFirst()))
                .isEqualTo(400);
    }
}
