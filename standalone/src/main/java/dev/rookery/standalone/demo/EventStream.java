package dev.rookery.standalone.demo;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpRequest.BodyPublishers;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** Rows of one data source on their way through the Events API, as NDJSON batches. For one thread. */
final class EventStream {
    /** Writes a row's components as snake-case columns. */
    static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();

    private static final int BATCH_ROWS = 4_000;
    private static final int BATCH_BYTES = 4 << 20;

    private final ByteArrayOutputStream batch = new ByteArrayOutputStream();
    private final ApiClient api;
    private final String dataSource;
    private int batchRows;
    private long accepted;
    private long quarantined;

    EventStream(ApiClient api, String dataSource) {
        this.api = api;
        this.dataSource = dataSource;
    }

    /** Adds a row, a record whose components are the columns in camel case; a full batch should be flushed first. */
    void add(Record row) {
        batch.writeBytes(JSON.writeValueAsBytes(row));
        batch.write('\n');
        batchRows++;
    }

    boolean isFull() {
        return batchRows >= BATCH_ROWS || batch.size() >= BATCH_BYTES;
    }

    /** Sends what is there, returning when it is acknowledged: stored for good, but not yet visible to queries. */
    void flush() {
        send(false);
    }

    /** Sends what is there, returning when queries see it. */
    void flushAndWait() {
        send(true);
    }

    private void send(boolean wait) {
        if (batchRows == 0) {
            return;
        }
        var path = "/v0/events?name=%s&wait=%s".formatted(ApiClient.encode(dataSource), wait);
        var answer = api.post(path, BodyPublishers.ofByteArray(batch.toByteArray()), "application/x-ndjson");
        accepted += answer.path("successful_rows").asLong(0);
        quarantined += answer.path("quarantined_rows").asLong(0);
        batch.reset();
        batchRows = 0;
    }

    long accepted() {
        return accepted;
    }

    long quarantined() {
        return quarantined;
    }
}
