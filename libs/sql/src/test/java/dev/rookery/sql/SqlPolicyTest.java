package dev.rookery.sql;

import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("CHI-8 read-only, and nothing that is not listed")
class SqlPolicyTest {

    private static final SqlPolicy POLICY = new SqlPolicy(
            Set.of("main"), SqlPolicy.COMPUTING_TABLE_FUNCTIONS, Set.of("max_threads"), SqlPolicy.UNSAFE_FUNCTIONS);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT * FROM main.t, u, numbers(3) SETTINGS max_threads = 1",
                "SELECT other.col IN main.x, y IN tags FROM t AS other",
                "SHOW DATABASES",
                "EXISTS t",
                "DESCRIBE t",
                "EXPLAIN SELECT 1"
            })
    void passes(String sql) {
        assertThatNoException().isThrownBy(() -> POLICY.check(SqlAnalyzer.analyze(sql)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "INSERT INTO t SELECT 1|read",
                "SET max_threads = 1|read",
                "DROP TABLE t|read",
                "SYSTEM SHUTDOWN|read",
                "KILL QUERY WHERE 1|read",
                "SELECT * FROM system.one|system",
                "SELECT * FROM (SELECT 1 FROM other.t)|other",
                "SELECT dictGet('other.d', 'a', 1)|other",
                "SELECT 1 IN other.t FROM t AS other|other",
                "DESCRIBE url(x IN other.t)|url",
                "SELECT * FROM url('x')|url",
                "SELECT * FROM View(SELECT 1), Remote('x')|Remote",
                "SELECT 1 IN (SELECT * FROM merge('main', 'x'))|merge",
                "SELECT * FROM (SELECT 1 SETTINGS readonly = 0)|readonly",
                "SELECT 1 FORMAT CSV SETTINGS allow_ddl = 1|allow_ddl",
                "EXPLAIN actions = 1 SELECT 1|actions",
                "SELECT file('/etc/passwd')|file",
                "SELECT * APPLY file FROM t|file",
                "SELECT `file`('x')|file",
                "SELECT aiGenerate('x')|aigenerate"
            })
    void refuses(String sql, String named) {
        assertThatThrownBy(() -> POLICY.check(SqlAnalyzer.analyze(sql)))
                .isInstanceOf(SqlException.class)
                .hasMessageContaining(named);
    }
}
