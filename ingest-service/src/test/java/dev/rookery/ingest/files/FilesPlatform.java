package dev.rookery.ingest.files;

import dev.rookery.catalog.jobs.JobQueue;
import dev.rookery.catalog.jobs.JobStore;
import dev.rookery.ingest.testing.EventsClient;
import dev.rookery.ingest.testing.TestPlatform;
import dev.rookery.ingest.testing.TestService;
import dev.rookery.ingest.testing.TestWorkspace;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import javax.sql.DataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** A workspace whose files are not counted, behind a service that fetches from this machine. */
final class FilesPlatform implements AutoCloseable {
    final TestPlatform platform = TestPlatform.onSharedEngines();
    final TestWorkspace workspace = platform.newWorkspace();
    final FilesClient client;
    private final TestService service;
    private final EventsClient events;

    FilesPlatform(Map<String, String> sources, String... arguments) {
        workspace.deploy(sources);
        platform.jdbc().sql("""
                        insert into organization_limits (organization_id, name, value)
                        select organization_id, 'ingest.loads-per-minute', null from workspaces where id = :id
                        """).param("id", workspace.id().value()).update();
        String[] all = java.util.Arrays.copyOf(arguments, arguments.length + 1);
        all[arguments.length] = "--rookery.ingest.files.allowed-addresses=127.0.0.1";
        service = TestService.start(platform, all);
        events = service.client(workspace.adminToken());
        client = new FilesClient(events, workspace.adminToken());
    }

    /** A column of a job's row, as text. */
    String job(String id, String expression) {
        return platform.jdbc()
                .sql("select coalesce((%s)::text, '') from jobs where id = :id::uuid".formatted(expression))
                .param("id", id)
                .query(String.class)
                .single();
    }

    boolean isFinished(String id) {
        return !job(id, "finished_at").isEmpty();
    }

    JobStore jobs() {
        return new JobStore(platform.jdbc());
    }

    JobQueue queue() {
        var manager = (JdbcTransactionManager)
                Objects.requireNonNull(platform.transactions().getTransactionManager());
        DataSource dataSource = Objects.requireNonNull(manager.getDataSource());
        return new JobQueue(jobs(), dataSource, InstantSource.system());
    }

    String query(String sql) {
        return workspace.clickHouse().execute(sql);
    }

    String table(String source) {
        return workspace.tables(source).getFirst();
    }

    /** What ClickHouse answers, as bytes. */
    byte[] bytes(String sql) throws Exception {
        var connection = platform.clickHouse();
        var admin = connection.users().admin();
        var request = HttpRequest.newBuilder(
                        URI.create(connection.http() + "?query=" + URLEncoder.encode(sql, StandardCharsets.UTF_8)))
                .header("X-ClickHouse-User", admin.user())
                .header("X-ClickHouse-Key", admin.password())
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            var response = http.send(request, BodyHandlers.ofByteArray());
            if (response.statusCode() != 200) {
                throw new IllegalStateException(new String(response.body(), StandardCharsets.UTF_8));
            }
            return response.body();
        }
    }

    @Override
    public void close() {
        events.close();
        service.close();
    }
}
