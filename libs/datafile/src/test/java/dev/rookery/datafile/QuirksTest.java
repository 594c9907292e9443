package dev.rookery.datafile;

import static dev.rookery.datafile.Parsed.assertValue;
import static dev.rookery.datafile.Parsed.datasource;
import static dev.rookery.datafile.Parsed.errors;
import static dev.rookery.datafile.Parsed.pipe;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What real projects write, as the survey of public projects counts it. */
class QuirksTest {

    private static final String PATH = "pipes/top.pipe";

    private static String sqlOf(String pipe) {
        return pipe(pipe).nodes().getFirst().sql().text();
    }

    @Test
    @DisplayName("DFG-1: lower-case directives and upper-case TYPE values")
    void anyCase() {
        var expected = pipe("NODE n\nSQL >\n    SELECT 1\nTYPE ENDPOINT\n");
        assertThat(pipe("node n\nsql >\n    SELECT 1\ntype endpoint\n")).isEqualTo(expected);
        assertThat(pipe("NODE n\nSQL >\n    SELECT 1\n\ntype Endpoint\n")).isEqualTo(expected);
    }

    @Test
    @DisplayName("tab-indented blocks, and carriage returns at line ends")
    void tabsAndCarriageReturns() {
        assertThat(sqlOf("NODE n\r\nSQL >\r\n\tSELECT 1\r\n\t\tFROM t\r\nTYPE ENDPOINT\r\n"))
                .isEqualTo("SELECT 1\n\tFROM t");
        assertThat(datasource("\uFEFFSCHEMA >\n\t`a` String,\n\tb Int8\n").columns())
                .hasSize(2);
    }

    @Test
    @DisplayName("DFP-1: the template mark at column 1, SQL indented below")
    void markAtColumnOne() {
        var sql = pipe("NODE n\nSQL >\n%\n    SELECT 1\n    FROM t\n")
                .nodes()
                .getFirst()
                .sql();
        assertThat(sql.text()).isEqualTo("%\nSELECT 1\nFROM t");
        assertThat(sql.at()).hasToString("3:1");
    }

    @Test
    @DisplayName("SQL and schemas at column 1, with words of directives in lower case among them")
    void bodiesAtColumnOne() {
        assertThat(sqlOf("NODE n\nSQL >\n%\nSELECT\n  type,\nversion\nFROM t\ntype\nWHERE {{ x }}\n\nTYPE ENDPOINT\n"))
                .isEqualTo("%\nSELECT\n  type,\nversion\nFROM t\ntype\nWHERE {{ x }}");
        var file = datasource("SCHEMA >\n`type` String,\ntags Array(String),\ndescription String\nENGINE MergeTree\n");
        assertThat(file.columns()).extracting(Column::name).containsExactly("type", "tags", "description");
    }

    @Test
    @DisplayName("template tags that close at column 1 inside an indented block")
    void strayLinesAtColumnOne() {
        assertThat(sqlOf(
                        "NODE n\nSQL >\n    %\n    SELECT 1\n{% if defined(x) %}\n    , 2\n{% end %}\nTYPE ENDPOINT\n"))
                .isEqualTo("%\n    SELECT 1\n{% if defined(x) %}\n    , 2\n{% end %}");
    }

    @Test
    @DisplayName(
            "template comments stay; a comment line at column 1 leaves an empty line, so that lines can be counted")
    void comments() {
        assertThat(
                        sqlOf(
                                "NODE n\nSQL >\n    %\n    {# why\n#}\n    SELECT 1 # one\n# of the file\n    FROM t\n\n# end\nTYPE ENDPOINT"))
                .isEqualTo("%\n    {# why\n#}\n    SELECT 1 # one\n\n    FROM t");
    }

    @Test
    @DisplayName("DFG-1: comments behind values, but not inside quotes or template tags")
    void commentsBehindValues() {
        var kafka = (Connector.Kafka) datasource("""
                SCHEMA >
                    `a` String
                KAFKA_CONNECTION_NAME broker # The name of the .connection file
                KAFKA_TOPIC 'a # b'
                KAFKA_GROUP_ID {{ tb_secret("GROUP", "x -- y # z") }}
                """).connector();
        assertThat(kafka).isNotNull();
        assertValue(kafka.connection()).isEqualTo("broker");
        assertValue(kafka.topic()).isEqualTo("a # b");
        assertValue(kafka.groupId()).isEqualTo("{{ tb_secret(\"GROUP\", \"x -- y # z\") }}");
    }

    @Test
    @DisplayName("DESCRIPTION inline keeps what looks like a comment; in a block Markdown headings stay")
    void descriptions() {
        assertValue(pipe("DESCRIPTION see #4 -- or not\nNODE n\nSQL >\n    SELECT 1")
                        .description())
                .isEqualTo("see #4 -- or not");
        assertValue(pipe("DESCRIPTION >\n    # Heading\n\n    text\nNODE n\nSQL >\n    SELECT 1")
                        .description())
                .isEqualTo("# Heading\n\ntext");
    }

    @Test
    @DisplayName("descriptions whose further lines stand at column 1, as the TypeScript SDK writes them")
    void descriptionsAtColumnOne() {
        assertValue(
                        pipe("DESCRIPTION >\n    First line\nNOTE this\ntags are words\nDescription goes on\n\nNODE n\nSQL >\n    SELECT 1")
                                .description())
                .isEqualTo("First line\nNOTE this\ntags are words\nDescription goes on");
    }

    @Test
    @DisplayName("SQL on the line of its directive")
    void inlineSql() {
        assertThat(sqlOf("NODE n\nSQL SELECT 1\nTYPE ENDPOINT")).isEqualTo("SELECT 1");
        assertThat(sqlOf("NODE n\nSQL > SELECT 1\n  FROM t\nTYPE ENDPOINT")).isEqualTo("SELECT 1\nFROM t");
    }

    @Test
    @DisplayName("versioned references stay in the SQL")
    void versionedReferences() {
        assertThat(sqlOf("NODE n\nSQL >\n    SELECT * FROM events__v2\n")).contains("events__v2");
    }

    @Nested
    class Typos {

        @Test
        @DisplayName("ODE for NODE, behind a block, is an error with a suggestion")
        void node() {
            assertThat(errors(PATH, "NODE a\nSQL >\n    SELECT 1\n\nODE b\nSQL >\n    SELECT 2\n"))
                    .contains(PATH + ":5:1: unknown directive \"ODE\"; did you mean NODE?");
        }

        @Test
        @DisplayName("an unknown directive is an error with a suggestion, and its block is passed over")
        void unknown() {
            assertThat(errors("datasources/e.datasource", "SCHMEA >\n    `a` Nonsense(\n\nENGIN MergeTree\n"))
                    .containsExactly(
                            "datasources/e.datasource:1:1: unknown directive \"SCHMEA\"; did you mean SCHEMA?",
                            "datasources/e.datasource:1:1: expected SCHEMA > with the columns, one per line, indented",
                            "datasources/e.datasource:4:1: unknown directive \"ENGIN\"; did you mean ENGINE?");
        }

        @Test
        @DisplayName("of several lines that are no directives only the first is reported")
        void prose() {
            assertThat(errors(PATH, "(what)\n(is this)\nNODE n\nSQL >\n    SELECT 1\n"))
                    .singleElement()
                    .asString()
                    .startsWith(PATH + ":1:1: expected a directive in upper case");
        }

        @Test
        @DisplayName("a directive given twice names both lines")
        void twice() {
            assertThat(errors(PATH, "NODE n\nSQL >\n    SELECT 1\nSQL >\n    SELECT 2\n"))
                    .containsExactly(PATH + ":4:1: SQL is given twice; the first stands on line 2");
        }
    }

    @Nested
    class OlderSyntax {

        @Test
        @DisplayName("PIPE-9: VERSION and INCLUDE are refused with what to write")
        void versionAndInclude() {
            assertThat(errors(PATH, "VERSION 2\nINCLUDE \"a.incl\"\nNODE n\nSQL >\n    SELECT 1\n"))
                    .satisfiesExactly(
                            e -> assertThat(e)
                                    .startsWith(PATH + ":1:1: VERSION")
                                    .contains("delete this line"),
                            e -> assertThat(e)
                                    .startsWith(PATH + ":2:1: INCLUDE")
                                    .contains("connections/<name>.connection"));
            assertThat(errors("a.incl", "")).singleElement().asString().contains("include files");
        }

        @Test
        @DisplayName("ENGINE in a materialized node is refused with where it belongs")
        void engineInPipe() {
            assertThat(
                            errors(
                                    PATH,
                                    "NODE n\nSQL >\n    SELECT 1\nTYPE materialized\nDATASOURCE t\nENGINE \"MergeTree\"\nENGINE_SORTING_KEY \"a\""))
                    .satisfiesExactly(
                            e -> assertThat(e)
                                    .startsWith(PATH + ":6:1: ENGINE in a pipe")
                                    .contains("move it to datasources/"),
                            e -> assertThat(e).startsWith(PATH + ":7:1: ENGINE_SORTING_KEY in a pipe"));
        }

        @Test
        @DisplayName("SORTING_KEY at column 1 is refused with ENGINE_SORTING_KEY")
        void bareKeys() {
            assertThat(errors("datasources/e.datasource", "SCHEMA >\n    `a` String\nSORTING_KEY \"a\"\n"))
                    .containsExactly(
                            "datasources/e.datasource:3:1: SORTING_KEY is not a directive: write ENGINE_SORTING_KEY");
        }

        @Test
        @DisplayName("connection settings in a data source are refused with where they belong")
        void connectionInDatasource() {
            assertThat(errors("datasources/e.datasource", "SCHEMA >\n    `a` String\nKAFKA_BOOTSTRAP_SERVERS b:9092\n"))
                    .singleElement()
                    .asString()
                    .contains(":3:1: KAFKA_BOOTSTRAP_SERVERS belongs to a connection");
        }
    }
}
