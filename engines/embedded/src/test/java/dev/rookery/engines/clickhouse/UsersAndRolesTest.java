package dev.rookery.engines.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.engines.Credentials;
import dev.rookery.engines.testing.ClickHouseQueries;
import dev.rookery.engines.testing.TestEngines;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The users of an embedded node")
@TestInstance(Lifecycle.PER_CLASS)
class UsersAndRolesTest {
    private final ClickHouseConnection node = TestEngines.clickHouse();
    private final int mine = TestEngines.nextWorkspaceNumber();
    private final int theirs = TestEngines.nextWorkspaceNumber();

    UsersAndRolesTest() {
        for (int workspace : new int[] {mine, theirs}) {
            admin("CREATE DATABASE " + database(workspace));
            admin("CREATE TABLE " + database(workspace) + ".t (n Int32) ENGINE = MergeTree ORDER BY n");
            admin("INSERT INTO " + database(workspace) + ".t VALUES (" + workspace + ")");
        }
    }

    @Nested
    @DisplayName("gateway")
    class Gateway {
        @Test
        @DisplayName("reads the workspace of the role it names")
        void readsItsRole() {
            assertThat(gateway("SELECT n FROM " + database(mine) + ".t")).isEqualTo(String.valueOf(mine));
        }

        @Test
        @DisplayName("is refused any other workspace")
        void isRefusedOthers() {
            assertThat(gateway("SELECT n FROM " + database(theirs) + ".t")).contains("ACCESS_DENIED");
        }

        @Test
        @DisplayName("sees no other workspace's databases and tables")
        void seesNoOthers() {
            assertThat(gateway("SELECT name FROM system.databases WHERE name LIKE 'ws\\_%'"))
                    .isEqualTo(database(mine));
            assertThat(gateway("SELECT DISTINCT database FROM system.tables WHERE database LIKE 'ws\\_%'"))
                    .isEqualTo(database(mine));
        }

        @Test
        @DisplayName("is refused a role that does not exist")
        void unknownRole() {
            assertThat(ClickHouseQueries.run(node, node.users().gateway(), "role=r9999", "SELECT 1"))
                    .contains("UNKNOWN_ROLE");
        }

        @ParameterizedTest(name = "{0}")
        @ValueSource(
                strings = {
                    "INSERT INTO %s.t VALUES (1)",
                    "CREATE TABLE %s.u (n Int32) ENGINE = Memory",
                    "DROP TABLE %s.t",
                    "SYSTEM SHUTDOWN",
                    "KILL QUERY WHERE 1",
                })
        @DisplayName("changes nothing")
        void changesNothing(String statement) {
            assertThat(gateway(statement.formatted(database(mine)))).containsAnyOf("ACCESS_DENIED", "READONLY");
        }

        @ParameterizedTest(name = "{0}")
        @ValueSource(
                strings = {
                    "SELECT * FROM file('/etc/hostname', 'LineAsString')",
                    "SELECT * FROM url('http://127.0.0.1:1/', 'LineAsString')",
                    "SELECT * FROM s3('http://127.0.0.1:1/bucket/key', 'LineAsString')",
                    "SELECT * FROM remote('127.0.0.1:1', system.one)",
                    "SELECT * FROM executable('x', 'LineAsString', 'a String')",
                    "SELECT * FROM system.parts",
                    "SELECT * FROM system.users",
                })
        @DisplayName("reaches nothing outside of its tables")
        void reachesNothing(String query) {
            assertThat(gateway(query)).contains("ACCESS_DENIED");
        }

        @ParameterizedTest(name = "{0}")
        @ValueSource(
                strings = {
                    "enable_analyzer = 0",
                    "allow_experimental_analyzer = 0",
                    "dialect = 'prql'",
                    "readonly = 0",
                    "allow_ddl = 1",
                    "cancel_http_readonly_queries_on_client_close = 0",
                    "max_execution_time = 0",
                    "max_execution_time = 100000",
                    "max_memory_usage = 0",
                })
        @DisplayName("keeps the settings that guard it")
        void keepsItsSettings(String setting) {
            assertThat(gateway("SELECT 1 SETTINGS " + setting))
                    .containsAnyOf("SETTING_CONSTRAINT_VIOLATION", "READONLY", "QUERY_IS_PROHIBITED");
        }

        @Test
        @DisplayName("may not look into the process")
        void noIntrospection() {
            assertThat(gateway("SELECT demangle('x')")).containsAnyOf("ACCESS_DENIED", "FUNCTION_NOT_ALLOWED");
        }

        @Test
        @DisplayName("uses settings that do not guard it, and generators")
        void ordinaryQueries() {
            assertThat(gateway("SELECT sum(number) FROM numbers(10) SETTINGS max_threads = 1, max_execution_time = 5"))
                    .isEqualTo("45");
        }

        private String gateway(String query) {
            return ClickHouseQueries.run(
                    node, node.users().gateway(), "role=" + ClickHouseConnection.role(mine), query);
        }
    }

    @Nested
    @DisplayName("writer")
    class Writer {
        @Test
        @DisplayName("inserts into workspaces, and reads them")
        void inserts() {
            assertThat(writer("INSERT INTO " + database(mine) + ".t VALUES (7)"))
                    .isEmpty();
            assertThat(writer("SELECT count() FROM " + database(mine) + ".t WHERE n = 7"))
                    .isEqualTo("1");
        }

        @Test
        @DisplayName("neither makes nor drops tables")
        void noDefinitions() {
            assertThat(writer("DROP TABLE " + database(mine) + ".t")).contains("ACCESS_DENIED");
            assertThat(writer("CREATE DATABASE ws_other")).contains("ACCESS_DENIED");
        }

        private String writer(String query) {
            return ClickHouseQueries.run(node, node.users().writer(), "", query);
        }
    }

    @Test
    @DisplayName("default is locked")
    void defaultIsLocked() {
        assertThat(ClickHouseQueries.run(node, new Credentials("default", ""), "", "SELECT 1"))
                .contains("USER_SESSION_LIMIT_EXCEEDED");
    }

    private String admin(String query) {
        return ClickHouseQueries.run(node, node.users().admin(), "", query);
    }

    private static String database(int workspace) {
        return ClickHouseConnection.databasePrefix(workspace) + "_roles";
    }
}
