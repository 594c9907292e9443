package dev.rookery.datafile;

import static dev.rookery.datafile.Parsed.assertValue;
import static dev.rookery.datafile.Parsed.errors;
import static dev.rookery.datafile.Parsed.pipe;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.datafile.NodeOutput.CopyMode;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class PipeFileTest {

    private static final String PATH = "pipes/top.pipe";
    private static final String NODE = "NODE n\nSQL >\n    SELECT 1\n\n";

    @Test
    @DisplayName("DFP-1, DFP-2, DFP-3, DFP-4, DFP-5, DFP-6, DFP-9: an endpoint of two nodes")
    void endpoint() {
        var file = pipe("""
                TOKEN dashboard READ
                DESCRIPTION sales by hour
                TAGS sales, hourly

                NODE daily
                DESCRIPTION >
                    per day
                SQL >
                    %
                    SELECT day, {{ String(country, 'US') }}
                      FROM sales

                NODE result
                SQL >
                    SELECT * FROM daily
                TYPE ENDPOINT
                """);
        assertThat(file.type()).isEqualTo(PipeType.ENDPOINT);
        assertValue(file.description()).isEqualTo("sales by hour");
        assertThat(file.tags()).extracting(Located::value).containsExactly("sales", "hourly");
        assertThat(file.tokens()).extracting(TokenGrant::token).containsExactly("dashboard");
        var daily = file.nodes().getFirst();
        assertThat(daily.sql().text()).isEqualTo("%\nSELECT day, {{ String(country, 'US') }}\n  FROM sales");
        assertThat(daily.sql().isTemplate()).isTrue();
        assertThat(daily.sql().at()).hasToString("9:5");
        assertThat(daily.sql().fileLine(3)).isEqualTo(11);
        assertValue(daily.description()).isEqualTo("per day");
        assertThat(daily.output()).isEqualTo(new NodeOutput.None());
        assertThat(file.outputNode()).map(PipeNode::name).contains("result");
    }

    @Nested
    class Outputs {

        @Test
        @DisplayName("PIPE-3: a pipe without TYPE is generic")
        void generic() {
            assertThat(pipe(NODE).type()).isEqualTo(PipeType.GENERIC);
        }

        @Test
        @DisplayName("DFP-7, DFP-11, MV-1: MATERIALIZED with DATASOURCE and DEPLOYMENT_METHOD")
        void materialized() {
            assertThat(pipe(NODE + "TYPE materialized\nDATASOURCE target\nDEPLOYMENT_METHOD alter")
                            .nodes()
                            .getFirst()
                            .output())
                    .isEqualTo(new NodeOutput.Materialized(
                            Located.of("target"), Located.of(DeploymentMethod.ALTER), Position.NONE));
            assertThat(errors(PATH, NODE + "TYPE MATERIALIZED"))
                    .containsExactly(PATH + ":5:1: expected DATASOURCE with the name of the target data source");
            assertThat(errors(PATH, NODE + "TYPE endpoint\nDEPLOYMENT_METHOD alter"))
                    .containsExactly(
                            PATH + ":6:1: DEPLOYMENT_METHOD goes with TYPE MATERIALIZED; this node has TYPE ENDPOINT");
        }

        @Test
        @DisplayName("DFP-8, DFP-10, CP-1: COPY with target, schedule and mode, comments behind the values")
        void copy() {
            assertThat(pipe(NODE + """
                    TYPE COPY
                    TARGET_DATASOURCE target
                    COPY_SCHEDULE "0 */6 * * *"  -- every six hours
                    COPY_MODE append --(Optional) how
                    """).nodes().getFirst().output())
                    .isEqualTo(new NodeOutput.Copy(
                            Located.of("target"),
                            Located.of("0 */6 * * *"),
                            Located.of(CopyMode.APPEND),
                            Position.NONE));
            assertThat(errors(PATH, NODE + "TYPE COPY\nTARGET_DATASOURCE t\nCOPY_SCHEDULE daily"))
                    .singleElement()
                    .asString()
                    .startsWith(PATH + ":7:1: COPY_SCHEDULE is \"daily\", expected @on-demand");
        }

        @Test
        @DisplayName("DFP-12, SNK-2, SNK-3, SS-4: a sink of files, with comments behind the values")
        void fileSink() {
            var sink = (NodeOutput.Sink) pipe(NODE + """
                    TYPE sink
                    EXPORT_CONNECTION_NAME "s3sample"
                    EXPORT_BUCKET_URI "s3://exports"
                    EXPORT_FILE_TEMPLATE "day_{at, '%Y%m%d'}" # partitions
                    EXPORT_SCHEDULE "*/5 * * * *"
                    EXPORT_FORMAT "Parquet" # Optional
                    EXPORT_COMPRESSION "gz"
                    EXPORT_STRATEGY "@new"
                    """).nodes().getFirst().output();
            assertThat(sink.target())
                    .isEqualTo(new SinkTarget.Files(
                            Located.of("s3://exports"),
                            Located.of("day_{at, '%Y%m%d'}"),
                            Located.of(SinkTarget.Format.PARQUET),
                            Located.of(SinkTarget.Compression.GZ),
                            Located.of(SinkTarget.Strategy.CREATE_NEW)));
            assertValue(sink.schedule()).isEqualTo("*/5 * * * *");
        }

        @Test
        @DisplayName("SNK-4, KS-1: a sink into Kafka")
        void kafkaSink() {
            var sink = (NodeOutput.Sink)
                    pipe(NODE + "TYPE sink\nEXPORT_CONNECTION_NAME k\nEXPORT_KAFKA_TOPIC t\nEXPORT_SCHEDULE @on-demand")
                            .nodes()
                            .getFirst()
                            .output();
            assertThat(sink.target()).isEqualTo(new SinkTarget.Kafka(Located.of("t"), null, null));
        }

        @Test
        @DisplayName("DFP-6: CACHE, which the TypeScript SDK writes for endpoints, is kept with its line")
        void cache() {
            var endpoint = (NodeOutput.Endpoint)
                    pipe(NODE + "TYPE endpoint\nCACHE 60").nodes().getFirst().output();
            assertThat(endpoint.cacheSeconds()).isEqualTo(Located.of(60));
            assertThat(errors(PATH, NODE + "TYPE endpoint\nCACHE long"))
                    .containsExactly(PATH + ":6:1: CACHE is \"long\", expected a number of seconds");
            assertThat(errors(PATH, NODE + "CACHE 5"))
                    .containsExactly(PATH + ":5:1: CACHE goes with TYPE ENDPOINT; this node has no TYPE");
        }

        @Test
        @DisplayName("PIPE-6: one output per pipe")
        void oneOutput() {
            assertThat(errors(
                            PATH, NODE + "TYPE COPY\nTARGET_DATASOURCE t\nNODE m\nSQL >\n    SELECT 2\nTYPE ENDPOINT"))
                    .containsExactly(
                            PATH + ":7:1: node n is the pipe's COPY output already; move m with TYPE ENDPOINT to a pipe"
                                    + " of its own");
        }

        @Test
        @DisplayName("PIPE-5: a pipe in endpoints/ without TYPE is not published, and is warned about")
        void endpointsFolder() {
            assertThat(Parsed.warnings("endpoints/top.pipe", NODE))
                    .singleElement()
                    .asString()
                    .contains("endpoints/top.pipe:1:1: no node has a TYPE")
                    .contains("write TYPE ENDPOINT");
            assertThat(Parsed.warnings(PATH, NODE)).isEmpty();
        }
    }

    @Test
    @DisplayName("DFP-9: a TOKEN line of a pipe may leave READ out")
    void tokenWithoutPermission() {
        assertThat(pipe("TOKEN one\nTOKEN \"two words\"\nTOKEN 'three words' read\n" + NODE)
                        .tokens())
                .extracting(TokenGrant::token)
                .containsExactly("one", "two words", "three words");
    }

    @Test
    @DisplayName("X-3: a pipe grants READ only")
    void appendToken() {
        assertThat(errors(PATH, "TOKEN t APPEND\n" + NODE))
                .containsExactly(PATH + ":1:1: a pipe can only be read: write TOKEN \"t\" READ");
    }

    @Test
    @DisplayName("DFP-4, DFP-5: a node needs a name and SQL; all errors at once")
    void incompleteNodes() {
        assertThat(errors(PATH, "NODE 1st\nSQL >\n    SELECT 1\nNODE b\nTYPE ENDPONT\nNODE c\nSQL >\n\n"))
                .satisfiesExactly(
                        e -> assertThat(e).startsWith(PATH + ":1:1: expected NODE <name>"),
                        e -> assertThat(e).isEqualTo(PATH + ":4:1: expected SQL > in node \"b\""),
                        e -> assertThat(e).startsWith(PATH + ":5:1: TYPE is \"ENDPONT\", expected one of copy"),
                        e -> assertThat(e).isEqualTo(PATH + ":7:1: expected a SELECT behind SQL >"));
    }
}
