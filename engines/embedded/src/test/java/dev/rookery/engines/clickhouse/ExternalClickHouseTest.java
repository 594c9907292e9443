package dev.rookery.engines.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.engines.Credentials;
import dev.rookery.engines.EngineException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A ClickHouse server of one's own")
class ExternalClickHouseTest {
    @Test
    @DisplayName("is used when its address is set")
    void address() {
        var connection = configured(Map.of("url", "http://ch.example:8123", "user", "u", "password", "p"));
        assertThat(connection).hasValueSatisfying(server -> {
            assertThat(server.http()).isEqualTo(URI.create("http://ch.example:8123"));
            assertThat(server.users().gateway()).isEqualTo(new Credentials("u", "p"));
            assertThat(server.rolePool()).isZero();
        });
    }

    @Test
    @DisplayName("is not looked for otherwise")
    void none() {
        assertThat(configured(Map.of("user", "u"))).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"ch.example:8123", "tcp://ch.example:9000", "http://", "not an address"})
    @DisplayName("must have an HTTP address")
    void badAddress(String url) {
        assertThatThrownBy(() -> configured(Map.of("url", url)))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("must look like http://host:8123");
    }

    private static Optional<ClickHouseConnection> configured(Map<String, String> settings) {
        return ExternalClickHouse.from(name -> Optional.ofNullable(settings.get(name)));
    }
}
