package dev.rookery.clickhouse;

import com.clickhouse.client.api.Client;
import com.clickhouse.client.api.ClientException;
import com.clickhouse.client.api.ServerException;
import com.clickhouse.client.api.command.CommandSettings;
import com.clickhouse.client.api.query.GenericRecord;
import dev.rookery.catalog.clusters.ClusterCredential;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;

/** Administration of one ClickHouse server: schema changes and look-ups, through ClickHouse's own client. Thread safe. */
public final class ClickHouseAdmin implements AutoCloseable {
    private final URI url;
    private final Client client;

    /** @param settings applied to every statement */
    public ClickHouseAdmin(URI url, ClusterCredential credential, Map<String, String> settings) {
        var builder = new Client.Builder()
                .addEndpoint(url.toString())
                .setUsername(credential.username())
                .setPassword(credential.password())
                .compressServerResponse(false);
        settings.forEach(builder::serverSetting);
        this.url = url;
        this.client = builder.build();
    }

    /** @throws ClickHouseException when ClickHouse refuses the statement or does not answer */
    public void execute(String statement) {
        try {
            client.execute(statement, new CommandSettings()).get().close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ClickHouseException(ClickHouseException.UNREACHABLE, "interrupted", e);
        } catch (ExecutionException e) {
            throw translate(e.getCause() == null ? e : e.getCause());
        } catch (Exception e) {
            // The client's exceptions have no common type, and closing an answer may throw anything.
            throw translate(e);
        }
    }

    /** All rows of a short answer. */
    public List<GenericRecord> query(String statement) {
        try {
            return client.queryAll(statement);
        } catch (ClientException | ServerException e) {
            throw translate(e);
        }
    }

    @Override
    public void close() {
        client.close();
    }

    private ClickHouseException translate(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ServerException server) {
                return new ClickHouseException(server.getCode(), String.valueOf(server.getMessage()), failure);
            }
        }
        return new ClickHouseException(
                ClickHouseException.UNREACHABLE,
                "ClickHouse at %s does not answer: %s".formatted(url, failure.getMessage()),
                failure);
    }
}
