package dev.rookery.datafile;

import static dev.rookery.datafile.Parsed.assertValue;
import static dev.rookery.datafile.Parsed.columns;
import static dev.rookery.datafile.Parsed.datasource;
import static dev.rookery.datafile.Parsed.errors;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.datafile.Column.Expression;
import dev.rookery.datafile.Column.ExpressionKind;
import dev.rookery.datafile.TokenGrant.Permission;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class DatasourceFileTest {

    private static final String SCHEMA = "SCHEMA >\n    `a` String\n\n";
    private static final String PATH = "datasources/events.datasource";

    @Test
    @DisplayName("DFD-1, DFD-2, DFD-6, DFD-7, DFD-8, DFD-9, DFD-14: a typical file")
    void typicalFile() {
        var file = datasource("""
                # what users do
                DESCRIPTION >
                    Actions of users

                SCHEMA >
                    `at` DateTime `json:$.at`,
                    `action` LowCardinality(String) `json:$.action`

                ENGINE "MergeTree"
                ENGINE_PARTITION_KEY "toYYYYMM(at)"
                ENGINE_SORTING_KEY "at, action"
                ENGINE_TTL "at + toIntervalDay(60)"
                ENGINE_SETTINGS "index_granularity=8192"
                """);
        assertThat(file.name()).isEqualTo("events");
        assertValue(file.description()).isEqualTo("Actions of users");
        assertThat(file.columns()).hasSize(2);
        assertThat(file.columns().get(1))
                .isEqualTo(new Column(
                        "action", "LowCardinality(String)", "$.action", null, null, null, null, Position.NONE));
        assertThat(file.columns().get(1).at()).hasToString("7:5");
        assertThat(file.engine().name()).isEqualTo("MergeTree");
        assertThat(file.engine().at()).hasToString("9:1");
        assertValue(file.engine().partitionKey()).isEqualTo("toYYYYMM(at)");
        assertValue(file.engine().sortingKey()).isEqualTo("at, action");
        assertValue(file.engine().ttl()).isEqualTo("at + toIntervalDay(60)");
        assertThat(file.engine().settings()).containsExactly(new EngineSpec.Setting("index_granularity", "8192"));
    }

    @Nested
    class Columns {

        @Test
        @DisplayName("DFD-2, JP-1: backticks around the name are optional, a trailing comma is allowed")
        void bareNames() {
            assertThat(columns("field String `json:$.field`,\n`b` Int32,"))
                    .extracting(Column::name)
                    .containsExactly("field", "b");
        }

        @Test
        @DisplayName("DFD-2: a line end separates columns as a comma does")
        void lineEndSeparates() {
            assertThat(columns("`a` String DEFAULT 'x'\n`b` Int32\nc Date"))
                    .extracting(Column::name)
                    .containsExactly("a", "b", "c");
        }

        @Test
        @DisplayName("DFD-4, DFD-5: path, DEFAULT and CODEC, in any order")
        void optionsInAnyOrder() {
            var expected = new Column(
                    "at",
                    "DateTime64(3)",
                    "$.at",
                    new Expression(ExpressionKind.DEFAULT, "now()"),
                    "DoubleDelta, ZSTD(1)",
                    null,
                    null,
                    Position.NONE);
            assertThat(columns("`at` DateTime64(3) `json:$.at` DEFAULT now() CODEC(DoubleDelta, ZSTD(1))"))
                    .containsExactly(expected);
            assertThat(columns("at DateTime64(3) CODEC(DoubleDelta, ZSTD(1)) default now() `json:$.at`"))
                    .containsExactly(expected);
        }

        @Test
        @DisplayName("DFD-5: a column over several lines, with a comment between CODEC and its bracket")
        void severalLines() {
            assertThat(columns("`a` String\n  DEFAULT concat(b,\n 'c') CODEC -- why\n (ZSTD(1))\n  COMMENT\n'x'"))
                    .isEqualTo(columns("`a` String DEFAULT concat(b, 'c') CODEC(ZSTD(1)) COMMENT 'x'"));
        }

        @Test
        @DisplayName("JP-15: DEFAULT inside the backticks of the path")
        void defaultInsideBackticks() {
            assertThat(columns("`s` String `json:$.status DEFAULT 'pending'`"))
                    .isEqualTo(columns("`s` String `json:$.status` DEFAULT 'pending'"));
        }

        @Test
        @DisplayName("JP-14: a default over other columns, with commas and quotes inside brackets")
        void defaultExpression() {
            var column = columns("`id` String DEFAULT JSONExtractString(__value, '_id._id'), `n` Int8 DEFAULT -1")
                    .getFirst();
            assertThat(column.expression())
                    .isEqualTo(new Expression(ExpressionKind.DEFAULT, "JSONExtractString(__value, '_id._id')"));
        }

        @Test
        @DisplayName("JP-13: commas inside a type")
        void commasInsideTypes() {
            assertThat(columns("`e` JSON(max_dynamic_types=2, max_dynamic_paths=16) `json:$` DEFAULT '{}'"))
                    .extracting(Column::type)
                    .containsExactly("JSON(max_dynamic_types=2, max_dynamic_paths=16)");
        }

        @Test
        @DisplayName("DFD-3, JP-7 to JP-9: the paths of the reference")
        void jsonPaths() {
            var columns = columns("""
                    a String `json:$.attributes.['otel.attributes'].cli_command`,
                    b String `json:$.event-data.event`,
                    c String `json:$.Org#Org_name`,
                    d Array(String) `json:$.items[:].productId`,
                    e String `json:$`
                    """);
            assertThat(columns)
                    .extracting(Column::jsonPath)
                    .containsExactly(
                            "$.attributes.['otel.attributes'].cli_command",
                            "$.event-data.event",
                            "$.Org#Org_name",
                            "$.items[:].productId",
                            "$");
        }

        @Test
        @DisplayName("DFD-2: names and paths between single quotes, as one guide writes them")
        void singleQuotes() {
            assertThat(columns("'value' String 'json:$'")).isEqualTo(columns("`value` String `json:$`"));
        }

        @Test
        @DisplayName("MATERIALIZED, ALIAS, EPHEMERAL, TTL and COMMENT")
        void otherOptions() {
            var columns = columns("""
                    `day` Date MATERIALIZED toDate(at) COMMENT 'the day''s date, \\\\ and more',
                    `up` String ALIAS upper(a),
                    `raw` String EPHEMERAL,
                    `at` DateTime TTL at + INTERVAL 1 DAY
                    """);
            assertThat(columns.get(0).comment()).isEqualTo("the day's date, \\ and more");
            assertThat(columns.get(0).expression())
                    .isEqualTo(new Expression(ExpressionKind.MATERIALIZED, "toDate(at)"));
            assertThat(columns.get(1).expression()).isEqualTo(new Expression(ExpressionKind.ALIAS, "upper(a)"));
            assertThat(columns.get(2).expression()).isEqualTo(new Expression(ExpressionKind.EPHEMERAL, ""));
            assertThat(columns.get(3).ttl()).isEqualTo("at + INTERVAL 1 DAY");
        }

        @Test
        @DisplayName("DFG-1: comments between columns")
        void comments() {
            assertThat(columns("""
                    -- first
                    `a` String, -- of a, b
                    # second
                    `b` Int32 # last
                    """)).extracting(Column::name).containsExactly("a", "b");
        }

        @Test
        @DisplayName("DFD-2: every column at fault is reported with its place")
        void errorsOfColumns() {
            assertThat(errors(PATH, """
                    SCHEMA >
                        `a`,
                        `b` String `json:a`,
                        `b` Int8 nonsense,
                        `c` Array(Int8
                    """))
                    .satisfiesExactly(
                            e -> assertThat(e).startsWith(PATH + ":2:8: expected the type of column \"a\""),
                            e -> assertThat(e).startsWith(PATH + ":3:16: expected a JSON path that starts with $"),
                            e -> assertThat(e).startsWith(PATH + ":4:5: column \"b\" is defined twice"),
                            e -> assertThat(e).startsWith(PATH + ":4:14: expected a comma"),
                            e -> assertThat(e).startsWith(PATH + ":5:14: this bracket is never closed"));
        }

        @Test
        @DisplayName("JP-5: arrays inside arrays are refused")
        void nestedArrays() {
            assertThat(errors(PATH, "SCHEMA >\n    a Array(String) `json:$.a[:].b[:]`"))
                    .singleElement()
                    .asString()
                    .contains(":2:21: arrays inside arrays are not supported");
        }
    }

    @Nested
    class Engines {

        @Test
        @DisplayName("DFD-6: MergeTree when there is no ENGINE")
        void defaultEngine() {
            assertThat(datasource(SCHEMA).engine()).isEqualTo(EngineSpec.mergeTree());
        }

        @Test
        @DisplayName("DFG-1: unquoted values equal quoted ones")
        void unquoted() {
            assertThat(datasource(SCHEMA + "ENGINE ReplacingMergeTree\nENGINE_SORTING_KEY a, b\nENGINE_VER 'v'"))
                    .isEqualTo(datasource(
                            SCHEMA + "ENGINE \"ReplacingMergeTree\"\nENGINE_SORTING_KEY \"a, b\"\nENGINE_VER \"v\""));
        }

        @Test
        @DisplayName("DFD-8: an empty partition key is none")
        void emptyPartitionKey() {
            assertThat(datasource(SCHEMA + "ENGINE_PARTITION_KEY \"\"").engine().partitionKey())
                    .isNull();
        }

        @Test
        @DisplayName("DFD-10, DFD-11: version and deletion columns of ReplacingMergeTree")
        void replacing() {
            var engine = datasource(SCHEMA
                            + "ENGINE \"ReplacingMergeTree\"\nENGINE_VER \"at\"\nENGINE_IS_DELETED \"_is_deleted\"")
                    .engine();
            assertValue(engine.ver()).isEqualTo("at");
            assertValue(engine.isDeleted()).isEqualTo("_is_deleted");
        }

        @Test
        @DisplayName("DFD-11: ENGINE_IS_DELETED without ENGINE_VER is accepted with a warning")
        void isDeletedAlone() {
            assertThat(Parsed.warnings(PATH, SCHEMA + "ENGINE ReplacingMergeTree\nENGINE_IS_DELETED d"))
                    .containsExactly(PATH + ":5:1: ENGINE_IS_DELETED acts only together with ENGINE_VER");
        }

        @Test
        @DisplayName("DFD-12, DFD-13: the collapsing engines need their columns")
        void collapsing() {
            assertThat(errors(PATH, SCHEMA + "ENGINE VersionedCollapsingMergeTree"))
                    .containsExactly(
                            PATH + ":4:1: expected ENGINE_SIGN of ENGINE VersionedCollapsingMergeTree",
                            PATH + ":4:1: expected ENGINE_VERSION of ENGINE VersionedCollapsingMergeTree");
            var engine = datasource(SCHEMA + "ENGINE VersionedCollapsingMergeTree\nENGINE_SIGN s\nENGINE_VERSION v")
                    .engine();
            assertValue(engine.sign()).isEqualTo("s");
            assertValue(engine.version()).isEqualTo("v");
        }

        @Test
        @DisplayName("DFD-6, DFD-14: the columns of SummingMergeTree under both names, and settings of text")
        void summing() {
            var expected = datasource(SCHEMA + "ENGINE SummingMergeTree\nENGINE_SUMMING_COLUMNS \"a, b\"");
            assertThat(datasource(SCHEMA + "ENGINE SummingMergeTree\nENGINE_COLUMNS a, b"))
                    .isEqualTo(expected);
            assertThat(datasource(SCHEMA + "ENGINE_SETTINGS \"a='it\\'s', b=true\"")
                            .engine()
                            .settings())
                    .containsExactly(new EngineSpec.Setting("a", "'it\\'s'"), new EngineSpec.Setting("b", "true"));
            assertThat(errors(PATH, SCHEMA + "ENGINE_SETTINGS a"))
                    .containsExactly(PATH + ":4:1: expected ENGINE_SETTINGS \"name=value, …\", found \"a\"");
        }

        @Test
        @DisplayName("Join and Null engines")
        void joinAndNull() {
            var join = datasource(SCHEMA
                            + "ENGINE \"Join\"\nENGINE_JOIN_STRICTNESS any\nENGINE_JOIN_TYPE LEFT\n"
                            + "ENGINE_KEY_COLUMNS \"a\"")
                    .engine();
            assertValue(join.joinStrictness()).isEqualTo("ANY");
            assertValue(join.keyColumns()).isEqualTo("a");
            assertThat(datasource(SCHEMA + "ENGINE Null").engine().name()).isEqualTo("Null");
        }

        @Test
        @DisplayName("DFD-6: an unknown engine is refused with a suggestion")
        void unknownEngine() {
            assertThat(errors(PATH, SCHEMA + "ENGINE \"ReplacingMergeTre\""))
                    .containsExactly(
                            PATH + ":4:1: unknown engine \"ReplacingMergeTre\"; did you mean ReplacingMergeTree?");
            assertThat(errors(PATH, SCHEMA + "ENGINE \"ReplacingMergeTree(ver)\""))
                    .singleElement()
                    .asString()
                    .contains("write ENGINE \"ReplacingMergeTree\" and ENGINE_VER");
        }
    }

    @Test
    @DisplayName("DFD-15, MV-14: FORWARD_QUERY keeps its lines and its place")
    void forwardQuery() {
        var query = datasource(SCHEMA + "FORWARD_QUERY >\n    SELECT a,\n      CAST(b, 'UUID') AS b\n")
                .forwardQuery();
        assertThat(query).isEqualTo(new SqlText("SELECT a,\n  CAST(b, 'UUID') AS b", Position.NONE));
        assertThat(query).isNotNull().extracting(SqlText::at).hasToString("5:5");
    }

    @Test
    @DisplayName("DFD-16, MV-8: BACKFILL skip")
    void backfill() {
        assertThat(datasource(SCHEMA + "BACKFILL skip").backfill()).isEqualTo(Located.of(DatasourceFile.Backfill.SKIP));
        assertThat(errors(PATH, SCHEMA + "BACKFILL none"))
                .containsExactly(PATH + ":4:1: BACKFILL is \"none\", expected one of skip");
    }

    @Test
    @DisplayName("DFD-17: tokens, quoted or not, in any case")
    void tokens() {
        assertThat(datasource("TOKEN \"tracker\" append\nTOKEN reader READ\n" + SCHEMA)
                        .tokens())
                .containsExactly(
                        new TokenGrant("tracker", Permission.APPEND, Position.NONE),
                        new TokenGrant("reader", Permission.READ, Position.NONE));
        assertThat(errors(PATH, "TOKEN reader\n" + SCHEMA))
                .containsExactly(PATH + ":1:1: expected TOKEN <name> READ or TOKEN <name> APPEND");
    }

    @Test
    @DisplayName("DFD-18, SHR-1: SHARED_WITH by commas, lines or both")
    void sharedWith() {
        var expected = java.util.List.of(Located.of("one"), Located.of("two"));
        assertThat(datasource(SCHEMA + "SHARED_WITH >\n    one,\n    two").sharedWith())
                .isEqualTo(expected);
        assertThat(datasource(SCHEMA + "SHARED_WITH >\n    one\n    two").sharedWith())
                .isEqualTo(expected);
        assertThat(datasource(SCHEMA + "SHARED_WITH one, two").sharedWith()).isEqualTo(expected);
    }

    @Test
    @DisplayName("INDEXES")
    void indexes() {
        assertThat(datasource(SCHEMA + """
                INDEXES >
                    INDEX by_a a TYPE bloom_filter(0.01) GRANULARITY 4
                    by_b lower(b) TYPE minmax
                """).indexes())
                .containsExactly(
                        new IndexSpec("by_a", "a", "bloom_filter(0.01)", 4, Position.NONE),
                        new IndexSpec("by_b", "lower(b)", "minmax", null, Position.NONE));
    }
}
