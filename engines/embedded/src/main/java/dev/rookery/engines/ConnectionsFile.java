package dev.rookery.engines;

import dev.rookery.engines.clickhouse.ClickHouseConnection;
import dev.rookery.engines.objectstore.S3Connection;
import dev.rookery.engines.postgres.PostgresConnection;
import dev.rookery.engines.process.PrivateFiles;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Writes down, for the developer at this machine, how to reach each engine. */
final class ConnectionsFile {
    private ConnectionsFile() {}

    static void write(Path file, Engines engines) {
        var all = new LinkedHashMap<String, Object>();
        engines.all().keySet().stream()
                .sorted()
                .forEach(kind -> all.put(
                        kind.key(),
                        switch (kind) {
                            case CLICKHOUSE -> clickHouse(engines.clickHouse());
                            case POSTGRES -> postgres(engines.postgres());
                            case KAFKA ->
                                Map.of("bootstrapServers", engines.kafka().bootstrapServers());
                            case S3 -> s3(engines.s3());
                        }));
        var mapper =
                JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
        PrivateFiles.write(file, mapper.writeValueAsString(all) + "\n");
    }

    private static Map<String, Object> clickHouse(ClickHouseConnection connection) {
        var entry = new LinkedHashMap<String, Object>();
        entry.put("url", connection.http().toString());
        connection.tcpPort().ifPresent(port -> entry.put("tcpPort", port));
        entry.put("admin", credentials(connection.users().admin()));
        entry.put("writer", credentials(connection.users().writer()));
        entry.put("gateway", credentials(connection.users().gateway()));
        entry.put("rolePool", connection.rolePool());
        return entry;
    }

    private static Map<String, Object> postgres(PostgresConnection connection) {
        var entry = new LinkedHashMap<String, Object>();
        entry.put("jdbcUrl", connection.jdbcUrl());
        entry.put("host", connection.host());
        entry.put("port", connection.port());
        entry.putAll(credentials(connection.credentials()));
        return entry;
    }

    private static Map<String, Object> s3(S3Connection connection) {
        var entry = new LinkedHashMap<String, Object>();
        entry.put("endpoint", connection.endpoint().toString());
        entry.put("region", connection.region());
        entry.put("accessKey", connection.credentials().user());
        entry.put("secretKey", connection.credentials().password());
        return entry;
    }

    private static Map<String, String> credentials(Credentials credentials) {
        var entry = new LinkedHashMap<String, String>();
        entry.put("user", credentials.user());
        entry.put("password", credentials.password());
        return entry;
    }
}
