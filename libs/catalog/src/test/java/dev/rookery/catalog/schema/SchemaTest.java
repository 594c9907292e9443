package dev.rookery.catalog.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.catalog.WorkspaceId;
import dev.rookery.catalog.testing.TestCatalog;
import dev.rookery.engines.postgres.PostgresConnection;
import dev.rookery.engines.testing.TestEngines;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

@DisplayName("The catalog's schema")
class SchemaTest {
    private static final TestCatalog CATALOG = TestCatalog.create();

    private final WorkspaceId workspace = CATALOG.newWorkspace();

    /** The versions there are, in order; numbers may be left out. */
    private static List<Integer> versions() throws Exception {
        return Arrays.stream(new PathMatchingResourcePatternResolver()
                        .getResources("classpath:db/migrations/postgres/V*.sql"))
                .map(migration -> String.valueOf(migration.getFilename()))
                .map(name -> Integer.valueOf(name.substring(1, name.indexOf("__"))))
                .sorted()
                .toList();
    }

    private static int newest() throws Exception {
        return versions().getLast();
    }

    private static int version(JdbcClient jdbc) {
        return jdbc.sql("select max(version::int) from flyway_schema_history where success")
                .query(Integer.class)
                .single();
    }

    private static JdbcClient client(PostgresConnection database) {
        return JdbcClient.create(TestCatalog.pool(database, 2));
    }

    @Test
    @DisplayName("Migrating twice is migrating once")
    void twice() throws Exception {
        PostgresConnection database = TestEngines.newDatabase();
        TestCatalog.migrate(database, "latest");
        TestCatalog.migrate(database, "latest");
        assertThat(version(client(database))).isEqualTo(newest());
    }

    @Test
    @DisplayName("Several who migrate at once all end with the newest schema")
    void atOnce() throws Exception {
        PostgresConnection database = TestEngines.newDatabase();
        Callable<Integer> migrator = () -> {
            TestCatalog.migrate(database, "latest");
            return version(client(database));
        };
        try (var threads = Executors.newFixedThreadPool(3)) {
            for (var result : threads.invokeAll(List.of(migrator, migrator, migrator))) {
                assertThat(result.get()).isEqualTo(newest());
            }
        }
    }

    @Test
    @DisplayName("The version before, with data in it, becomes the newest and keeps the data")
    void fromTheVersionBefore() throws Exception {
        PostgresConnection database = TestEngines.newDatabase();
        TestCatalog.migrate(database, Integer.toString(versions().get(versions().size() - 2)));
        JdbcClient jdbc = client(database);
        List.of(
                        "insert into organizations (id, name) values ('00000000-0000-0000-0000-000000000001', 'acme')",
                        "insert into users (id, email) values ('00000000-0000-0000-0000-000000000002', 'ada@acme.com')",
                        "insert into clusters (id, name, mode) values ('00000000-0000-0000-0000-000000000003', 'main', 'single')",
                        """
                        insert into workspaces (id, organization_id, name, cluster_id, slot)
                        select '00000000-0000-0000-0000-000000000004', o.id, 'web', c.id, 1 from organizations o, clusters c""",
                        "insert into workspace_members (workspace_id, user_id, role) select w.id, u.id, 'admin' from workspaces w, users u",
                        """
                        insert into deployments (id, workspace_id, number, status, live)
                        select gen_random_uuid(), id, 0, 'data_ready', true from workspaces""")
                .forEach(statement -> jdbc.sql(statement).update());

        TestCatalog.migrate(database, "latest");

        assertThat(version(jdbc)).isEqualTo(newest());
        assertThat(jdbc.sql("""
                        select w.name || '/' || m.role || '/' || d.number from workspaces w
                          join workspace_members m on m.workspace_id = w.id join deployments d on d.workspace_id = w.id
                        """).query(String.class).single()).isEqualTo("web/admin/0");
    }

    @ParameterizedTest(name = "refused: {0}")
    @ValueSource(
            strings = {
                "insert into organizations (id, name) values (gen_random_uuid(), '')",
                "insert into organizations (id, name, plan) values (gen_random_uuid(), 'a', 'No Plan')",
                "insert into organizations (id, name, domain) values (gen_random_uuid(), 'a', 'ACME.com')",
                "insert into users (id, email) values (gen_random_uuid(), 'Ada@acme.com')",
                "insert into users (id, email) values (gen_random_uuid(), 'nobody')",
                "insert into clusters (id, name, mode) values (gen_random_uuid(), 'Main', 'single')",
                "insert into clusters (id, name, mode) values (gen_random_uuid(), 'x', 'other')",
                "insert into cluster_replicas (id, cluster_id, url, read_weight, write_weight) select gen_random_uuid(), cluster_id, 'http://two', 1, 1 from cluster_replicas",
                "insert into cluster_replicas (id, cluster_id, url, read_weight, write_weight) select gen_random_uuid(), cluster_id, 'ftp://two', 1, 0 from cluster_replicas",
                "update workspaces set name = 'has space'",
                "update workspaces set slot = 0",
                "update workspaces set organization_id = gen_random_uuid()",
                "update workspaces set cluster_id = gen_random_uuid()",
                "delete from organizations",
                "delete from clusters",
                "insert into workspace_members (workspace_id, user_id, role) select id, gen_random_uuid(), 'admin' from workspaces",
                "insert into deployments (id, workspace_id, number, status) select gen_random_uuid(), id, -1, 'calculating' from workspaces",
                "insert into deployments (id, workspace_id, number, status) select gen_random_uuid(), id, 0, 'deleted' from workspaces",
                "insert into deployments (id, workspace_id, number, status) select gen_random_uuid(), id, 5, 'paused' from workspaces",
                "insert into secrets (id, workspace_id, name, value, key_id) select gen_random_uuid(), id, '1x', '', 'k' from workspaces",
                "insert into tokens (id, kind, workspace_id, name, origin, lookup_hash, lookup_key_id, sealed_text, sealed_key_id) select gen_random_uuid(), 'workspace', id, 'x', 'user', 'short', 'k', '', 'k' from workspaces",
                "insert into tokens (id, kind, workspace_id, name, origin, lookup_hash, lookup_key_id, sealed_text, sealed_key_id) select gen_random_uuid(), 'user', id, 'x', 'user', sha256('a'), 'k', '', 'k' from workspaces",
                "insert into tokens (id, kind, name, origin, lookup_hash, lookup_key_id, sealed_text, sealed_key_id) values (gen_random_uuid(), 'user', 'x', 'user', sha256('b'), 'k', '', 'k')",
                "insert into jobs (id, workspace_id, kind, status) select gen_random_uuid(), id, 'copy', 'done' from workspaces",
                "insert into jobs (id, workspace_id, kind, status, finished_at) select gen_random_uuid(), id, 'copy', 'error', now() from workspaces",
                "insert into jobs (id, workspace_id, kind, status, finished_at) select gen_random_uuid(), id, 'copy', 'working', now() from workspaces",
                "insert into catalog_changes (topic) values ('weather')",
            })
    void constraints(String statement) {
        assertThat(workspace).isNotNull();
        assertThatThrownBy(() -> CATALOG.jdbc.sql(statement).update()).isInstanceOf(DataAccessException.class);
    }

    @Test
    @DisplayName("ORG-3: a user is the admin of one organization only, and a member of many")
    void oneAdmin() {
        var user = CATALOG.newUser("admin" + workspace + "@example.com");
        String insert = """
                insert into organization_members (organization_id, user_id, role)
                select id, '%s', '%s' from organizations
                """;
        CATALOG.newWorkspace();
        assertThatThrownBy(() -> CATALOG.jdbc
                        .sql(insert.formatted(user.value(), "admin"))
                        .update())
                .isInstanceOf(DataAccessException.class);
        assertThat(CATALOG.jdbc.sql(insert.formatted(user.value(), "member")).update())
                .isGreaterThan(1);
    }
}
