package dev.rookery.standalone;

import dev.rookery.db.MigrateProperties;
import dev.rookery.db.MigrateProperties.ClusterSettings;
import dev.rookery.db.MigrateProperties.Login;
import dev.rookery.engines.Credentials;
import dev.rookery.engines.Engines;
import dev.rookery.engines.clickhouse.ClickHouseConnection;
import dev.rookery.engines.postgres.PostgresConnection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How services reach the engines: the same properties that an operator sets in production. */
public final class ServiceSettings {
    private static final String CLUSTER = "main";
    private static final String KEY_ID = "local";

    private ServiceSettings() {}

    /** What migrate is given. */
    public static MigrateProperties migrate(Engines engines) {
        PostgresConnection postgres = engines.postgres();
        ClickHouseConnection clickHouse = engines.clickHouse();
        return new MigrateProperties(
                postgres.jdbcUrl(),
                postgres.credentials().user(),
                postgres.credentials().password(),
                engines.kafka().bootstrapServers(),
                6,
                (short) 1,
                null,
                "local",
                List.of(new ClusterSettings(
                        CLUSTER,
                        clickHouse.http(),
                        clickHouse.rolePool() == 0 ? null : clickHouse.rolePool(),
                        login(clickHouse.users().admin()),
                        login(clickHouse.users().writer()),
                        login(clickHouse.users().gateway()))));
    }

    /**
     * What every service is given.
     *
     * @param masterKey base64 of 32 bytes
     */
    public static Map<String, Object> services(Engines engines, String masterKey) {
        PostgresConnection postgres = engines.postgres();
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("spring.datasource.url", postgres.jdbcUrl());
        settings.put("spring.datasource.username", postgres.credentials().user());
        settings.put("spring.datasource.password", postgres.credentials().password());
        settings.put("spring.kafka.bootstrap-servers", engines.kafka().bootstrapServers());
        settings.put("rookery.keys.current", KEY_ID);
        settings.put("rookery.keys.master." + KEY_ID, masterKey);
        // The embedded engine is below the safe minimum, and serves this machine only.
        settings.put("rookery.clickhouse.allow-unsafe-version", true);
        return settings;
    }

    /** The id that {@link #services} gives the master key. */
    static String keyId() {
        return KEY_ID;
    }

    private static Login login(Credentials credentials) {
        return new Login(credentials.user(), credentials.password());
    }
}
