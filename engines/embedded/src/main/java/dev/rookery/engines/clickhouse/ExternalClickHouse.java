package dev.rookery.engines.clickhouse;

import dev.rookery.engines.Credentials;
import dev.rookery.engines.EngineException;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/** A ClickHouse server that somebody else runs, named by a setting. */
public final class ExternalClickHouse {
    private ExternalClickHouse() {}

    /**
     * The server that the environment or the system properties name, if they do. One user serves for everything.
     *
     * @throws EngineException when the address is not an HTTP address
     */
    public static Optional<ClickHouseConnection> configured() {
        return from(ExternalClickHouse::setting);
    }

    static Optional<ClickHouseConnection> from(Function<String, Optional<String>> settings) {
        return settings.apply("url").map(url -> {
            URI address = address(url);
            var user = new Credentials(
                    settings.apply("user").orElse("default"),
                    settings.apply("password").orElse(""));
            return new ClickHouseConnection(address, OptionalInt.empty(), new ClickHouseUsers(user, user, user), 0);
        });
    }

    private static URI address(String url) {
        String advice = "ROOKERY_CLICKHOUSE_URL must look like http://host:8123, not '" + url + "'.";
        try {
            URI address = URI.create(url);
            if (address.getHost() == null
                    || !("http".equals(address.getScheme()) || "https".equals(address.getScheme()))) {
                throw new EngineException(advice);
            }
            return address;
        } catch (IllegalArgumentException e) {
            throw new EngineException(advice, e);
        }
    }

    private static Optional<String> setting(String name) {
        String value = System.getProperty(
                "rookery.clickhouse." + name, System.getenv("ROOKERY_CLICKHOUSE_" + name.toUpperCase(Locale.ROOT)));
        return Optional.ofNullable(value).filter(text -> !text.isBlank());
    }
}
