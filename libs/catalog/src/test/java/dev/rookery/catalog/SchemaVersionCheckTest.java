package dev.rookery.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.catalog.testing.TestCatalog;
import dev.rookery.engines.testing.TestEngines;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.jdbc.core.simple.JdbcClient;

@DisplayName("Services check the schema's version")
class SchemaVersionCheckTest {
    @Test
    @DisplayName("The version asked for is that of the newest migration")
    void newest() throws Exception {
        Resource[] migrations =
                new PathMatchingResourcePatternResolver().getResources("classpath:db/migrations/postgres/V*.sql");
        int newest = Arrays.stream(migrations)
                .map(migration -> String.valueOf(migration.getFilename()))
                .mapToInt(name -> Integer.parseInt(name.substring(1, name.indexOf("__"))))
                .max()
                .orElseThrow();
        assertThat(SchemaVersionCheck.REQUIRED_VERSION).isEqualTo(newest);
    }

    @Test
    @DisplayName("An empty or older database is refused and says to run migrate; the newest one is not")
    void refused() {
        var database = TestEngines.newDatabase();
        var jdbc = JdbcClient.create(TestCatalog.pool(database, 2));
        assertThatThrownBy(() -> new SchemaVersionCheck(jdbc))
                .hasMessageContaining("version 0")
                .hasMessageContaining("run migrate first");
        int before = SchemaVersionCheck.REQUIRED_VERSION - 1;
        TestCatalog.migrate(database, Integer.toString(before));
        assertThatThrownBy(() -> new SchemaVersionCheck(jdbc)).hasMessageContaining("version " + before);
        TestCatalog.migrate(database, "latest");
        assertThatCode(() -> new SchemaVersionCheck(jdbc)).doesNotThrowAnyException();
    }
}
