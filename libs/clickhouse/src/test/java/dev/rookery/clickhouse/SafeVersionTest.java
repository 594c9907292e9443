package dev.rookery.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Versions of ClickHouse that keep tenants apart")
class SafeVersionTest {
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "26.3.22.6, true",
        "26.3.22.5, false",
        "26.3.23.1, true",
        "26.3.22.6.altinitystable, true",
        "26.5.8.18, true",
        "26.5.8.17, false",
        "26.6.4.10, true",
        "26.6.3.99, false",
        "26.7.6.5, true",
        "26.7.6.4, false",
        "26.7.2.1, false",
        "26.7.10.1, true",
        "26.7, false",
        "26.4.99.99, false",
        "26.2.99.1, false",
        "25.12.1.1, false",
        "26.8.1.1, true",
        "26.8, true",
        "27.1.1.1, true",
        "26.8.1.1 (official build 20260101123456), true",
        "26.7.6.4 (official build 20260101123456), false",
        "'', false",
        "head, false",
        "27, false",
        "v27.1.1.1, false",
        "99999999999.1.1.1, false",
    })
    void versions(String version, boolean safe) {
        assertThat(SafeVersion.isSafe(version)).isEqualTo(safe);
    }
}
