package dev.rookery.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.catalog.testing.TestCatalog;
import dev.rookery.engines.testing.TestEngines;
import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.jdbc.core.simple.JdbcClient;

@DisplayName("Services check the schema's version")
class SchemaVersionCheckTest {
    /** The migrations' versions, the newest first. */
    private static List<Integer> versions() throws IOException {
        Resource[] migrations =
                new PathMatchingResourcePatternResolver().getResources("classpath:db/migrations/postgres/V*.sql");
        return Arrays.stream(migrations)
                .map(migration -> String.valueOf(migration.getFilename()))
                .map(name -> Integer.valueOf(name.substring(1, name.indexOf("__"))))
                .sorted(Comparator.reverseOrder())
                .toList();
    }

    @Test
    @DisplayName("The version asked for is that of the newest migration")
    void newest() throws IOException {
        assertThat(SchemaVersionCheck.REQUIRED_VERSION).isEqualTo(versions().getFirst());
    }

    @Test
    @DisplayName("An empty or older database is refused and says to run migrate; the newest one is not")
    void refused() throws IOException {
        var database = TestEngines.newDatabase();
        var jdbc = JdbcClient.create(TestCatalog.pool(database, 2));
        assertThatThrownBy(() -> new SchemaVersionCheck(jdbc))
                .hasMessageContaining("version 0")
                .hasMessageContaining("run migrate first");
        int before = versions().get(1);
        TestCatalog.migrate(database, Integer.toString(before));
        assertThatThrownBy(() -> new SchemaVersionCheck(jdbc)).hasMessageContaining("version " + before);
        TestCatalog.migrate(database, "latest");
        assertThatCode(() -> new SchemaVersionCheck(jdbc)).doesNotThrowAnyException();
    }
}
