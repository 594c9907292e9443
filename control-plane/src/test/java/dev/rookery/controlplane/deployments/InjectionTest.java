package dev.rookery.controlplane.deployments;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.controlplane.testing.ControlPlane;
import dev.rookery.controlplane.testing.Http.Reply;
import dev.rookery.controlplane.testing.Tenant;
import dev.rookery.controlplane.testing.Upload;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every field of a datafile that becomes part of a statement with administrator's rights, filled with what would leave its
 * place: never another statement, table, file or host. A table in another database is there to be found or harmed.
 */
class InjectionTest {
    private static final class Canary {
        private static final String NAME = make();

        private static String make() {
            var clickHouse = ControlPlane.shared().clickHouse();
            clickHouse.execute("CREATE DATABASE IF NOT EXISTS canary");
            clickHouse.execute("CREATE TABLE IF NOT EXISTS canary.t (secret String) ENGINE = Join(ANY, LEFT, secret)");
            clickHouse.execute("INSERT INTO canary.t VALUES ('tweet')");
            return "canary.t";
        }
    }

    /** Texts that leave an expression's place, or reach beyond the table from within it. */
    private static final List<String> EXPRESSIONS = List.of(
            "(SELECT secret FROM canary.t)",
            "id IN (SELECT secret FROM canary.t)",
            "id IN canary.t",
            "joinGet('canary.t', 'secret', 'x')",
            "joinGet(canary.t, 'secret', 'x')",
            "dictGet('canary.t', 'secret', id)",
            "hasColumnInTable('canary', 't', 'secret')",
            "file('/etc/passwd')",
            "id) AS SELECT * FROM canary.t --",
            "tuple()) AS SELECT secret FROM canary.t --",
            "id) SETTINGS storage_policy = 'x' --",
            "id; DROP TABLE canary.t",
            "id); DROP TABLE canary.t; --",
            "id /* open",
            "id */ ; DROP TABLE canary.t /*",
            "id `",
            "id ' OR '",
            "id\\') ENGINE = File(CSV) --",
            "EXISTS (SELECT 1 FROM canary.t)",
            "(SELECT count() FROM url('http://127.0.0.1:1', CSV, 'a String'))",
            "sleep(3)",
            "aiGenerate('x')");

    static Stream<String> expressions() {
        String columns = "SCHEMA >\n    `id` Int32,\n    `at` DateTime";
        return EXPRESSIONS.stream()
                .flatMap(text -> Stream.of(
                        columns + ",\n    `x` String DEFAULT " + text + "\n",
                        columns + ",\n    `x` String MATERIALIZED " + text + "\n",
                        columns + ",\n    `x` String TTL " + text + "\n",
                        columns + ",\n    `x` String CODEC(" + text + ")\n",
                        columns + "\n\nINDEXES >\n    INDEX i " + text + " TYPE minmax GRANULARITY 1\n",
                        columns + "\n\nINDEXES >\n    INDEX i id TYPE " + text + " GRANULARITY 1\n",
                        option(columns, "ENGINE_SORTING_KEY", text),
                        option(columns, "ENGINE_PARTITION_KEY", text),
                        option(columns, "ENGINE_PRIMARY_KEY", text),
                        option(columns, "ENGINE_SAMPLING_KEY", text),
                        option(columns, "ENGINE_TTL", text),
                        option(columns, "ENGINE_TTL", "at + INTERVAL 1 DAY DELETE WHERE " + text),
                        option(columns, "ENGINE_SETTINGS", "index_granularity=" + text)));
    }

    static Stream<String> others() {
        String columns = "SCHEMA >\n    `id` Int32,\n    `at` DateTime";
        return Stream.of(
                "SCHEMA >\n    `id` Int32) ENGINE = File(CSV) AS SELECT * FROM canary.t --\n",
                "SCHEMA >\n    `id` Int32 ENGINE = URL('http://127.0.0.1:1')\n",
                "SCHEMA >\n    `id` Enum8('a' = 1) DEFAULT (SELECT 1 FROM canary.t)\n",
                "SCHEMA >\n    `id` AggregateFunction(any, String)) AS SELECT * FROM canary.t\n",
                "SCHEMA >\n    `a\\`) AS SELECT secret FROM canary.t --` Int32\n",
                columns + "\n\nENGINE \"File(CSV)\"\n",
                columns + "\n\nENGINE \"MergeTree() AS SELECT * FROM canary.t\"\n",
                columns + "\n\nENGINE \"URL\"\n",
                columns + "\n\nENGINE \"MySQL('127.0.0.1:1', 'a', 'b', 'c', 'd')\"\n",
                option(columns, "ENGINE_SETTINGS", "storage_policy='default'"),
                option(columns, "ENGINE_SETTINGS", "disk='default'"),
                option(columns, "ENGINE_SETTINGS", "index_granularity=8192 AS SELECT"),
                option(columns, "ENGINE_TTL", "at TO DISK 'default'"),
                option(columns, "ENGINE_TTL", "at + INTERVAL 1 DAY TO VOLUME 'x'"),
                engine(columns, "ReplacingMergeTree", "ENGINE_VER", "id) AS SELECT * FROM canary.t --"),
                engine(columns, "CollapsingMergeTree", "ENGINE_SIGN", "id) AS SELECT * FROM canary.t --"),
                engine(columns, "SummingMergeTree", "ENGINE_SUMMING_COLUMNS", "id)) AS SELECT * FROM canary.t --"),
                engine(columns, "Join", "ENGINE_JOIN_STRICTNESS", "ANY, LEFT, id) AS SELECT * FROM canary.t --"),
                engine(columns, "Join", "ENGINE_KEY_COLUMNS", "id) AS SELECT * FROM canary.t --"));
    }

    private static String option(String columns, String option, String text) {
        return engine(columns, "MergeTree", option, text);
    }

    private static String engine(String columns, String engine, String option, String text) {
        return columns + "\n\nENGINE \"" + engine + "\"\n" + option + " \"" + text + "\"\n";
    }

    /** One workspace for all: what is refused leaves nothing behind in it. */
    private static final class Shared {
        private static final Tenant TENANT = Tenant.create();
    }

    @ParameterizedTest
    @MethodSource({"expressions", "others"})
    @DisplayName("DFD-6 refused, before anything is made of it")
    void refused(String datafile) {
        assertThat(Canary.NAME).isNotBlank();
        Tenant tenant = Shared.TENANT;

        Reply reply = Upload.of("d.datasource", datafile).deploy(tenant.adminToken());

        assertThat(reply.status()).as("%s%n%s", datafile, reply.body()).isEqualTo(400);
        assertThat(reply.text("/errors/0/error")).startsWith("d.datasource:");
        assertThat(reply.body()).doesNotContain("tweet", "ws_0", "DB::Exception");
        assertThat(ControlPlane.shared().clickHouse().query("SELECT * FROM canary.t"))
                .hasSize(1);
    }

    static Stream<String> harmless() {
        String columns = "SCHEMA >\n    `id` Int32,\n    `at` DateTime";
        return Stream.of(
                "SCHEMA >\n    `id` Int32 COMMENT 'it\\'s; DROP TABLE canary.t --'\n",
                "SCHEMA >\n    `id` Int32 COMMENT '\\\\'\n",
                columns + ",\n    `x` String DEFAULT 'a) AS SELECT * FROM canary.t --'\n",
                columns + ",\n    `x` DateTime DEFAULT now() CODEC(Delta, ZSTD(1)) TTL x + INTERVAL 1 DAY\n",
                option(columns, "ENGINE_TTL", "at + INTERVAL 1 DAY DELETE WHERE id > 3"),
                option(columns, "ENGINE_SORTING_KEY", "id, toDate(at)"),
                option(columns, "ENGINE_SORTING_KEY", "tuple()"),
                columns + "\n\nINDEXES >\n    INDEX i (id, at) TYPE set(100) GRANULARITY 2\n",
                columns + "\n\nINDEXES >\n    INDEX i toString(id) TYPE tokenbf_v1(512, 3, 0) GRANULARITY 1\n");
    }

    @ParameterizedTest
    @MethodSource("harmless")
    @DisplayName("DFD-6 what only looks dangerous, or is what these fields are for, works")
    void accepted(String datafile) {
        Tenant tenant = Tenant.create();

        Reply reply = Upload.of("d.datasource", datafile).deploy(tenant.adminToken());

        assertThat(reply.text("/result")).as("%s%n%s", datafile, reply.body()).isEqualTo("success");
        assertThat(tenant.physical()).hasSize(1);
    }
}
