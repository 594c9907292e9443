package dev.rookery.ingest.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.ingest.files.FilesClient.Reply;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@DisplayName("POST /v0/analyze")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AnalyzeTest {
    private FilesPlatform platform;

    @BeforeAll
    void start() {
        platform = new FilesPlatform(Map.of("any", "SCHEMA >\n    `id` Int8\n"));
    }

    @AfterAll
    void stop() {
        platform.close();
    }

    private Reply analyze(String query, String content) throws Exception {
        Reply reply = platform.client.send("/v0/analyze?" + query, "", FilesClient.bytes(content));
        assertThat(reply.status()).as(reply.response().body()).isEqualTo(200);
        return reply;
    }

    private static String schema(Reply reply) {
        return reply.body().path("analysis").path("schema").asString();
    }

    @Test
    @DisplayName("SI-2: the vector of the pages")
    void telemetry() throws Exception {
        Reply reply = analyze("", """
                {"timestamp":"2024-01-01T00:00:00.123Z","name":"a","latitude":12.5,"longitude":-3.25,"altitude":1234.56789012}
                {"timestamp":"2024-01-01T00:00:01.000Z","name":"b","latitude":13,"longitude":-3.5,"altitude":0.1}
                """);

        assertThat(schema(reply))
                .isEqualTo("altitude Float64 `json:$.altitude`, latitude Float32 `json:$.latitude`, longitude Float32 "
                        + "`json:$.longitude`, name String `json:$.name`, timestamp DateTime64 `json:$.timestamp`");
        assertThat(reply.body().path("analysis").path("datafile").asString())
                .startsWith("DESCRIPTION >\n    Generated from ")
                .contains("SCHEMA >\n    `altitude` Float64 `json:$.altitude`,\n");
        assertThat(reply.body()
                        .path("preview")
                        .path("meta")
                        .path(0)
                        .path("name")
                        .asString())
                .isEqualTo("altitude");
        assertThat(reply.body()
                        .path("preview")
                        .path("data")
                        .path(1)
                        .path("name")
                        .asString())
                .isEqualTo("b");
        assertThat(reply.body().path("preview").path("rows").asInt()).isEqualTo(2);
    }

    @Test
    @DisplayName("SI-3, SI-4, SI-5: nested keys, arrays, arrays of objects; DS-18: values per row")
    void nested() throws Exception {
        Reply reply = analyze("", """
                {"an_array":[1,2,3],"a_nested_array":{"nested_array":[1,2,3]},"nested":{"nested_field":"b"},\
                "records":[{"data":"x"},{"data":"y"}],"message":{"message_id":"1"},"a.b":true}
                """);

        assertThat(schema(reply))
                .contains("a_nested_array_nested_array Array(Int16) `json:$.a_nested_array.nested_array[:]`")
                .contains("an_array Array(Int16) `json:$.an_array[:]`")
                .contains("nested_nested_field String `json:$.nested.nested_field`")
                .contains("records__data Array(String) `json:$.records[:].data`")
                .contains("message_message_id String `json:$.message.message_id`")
                .contains("a_b Bool `json:$.['a.b']`");
        var columns = reply.body().path("analysis").path("columns");
        for (int i = 0; i < columns.size(); i++) {
            if (columns.path(i).path("name").asString().equals("an_array")) {
                assertThat(columns.path(i).path("path").asString()).isEqualTo("$.an_array[:]");
                assertThat(columns.path(i).path("recommended_type").asString()).isEqualTo("Array(Int16)");
                assertThat(columns.path(i).path("present_pct").asDouble()).isEqualTo(3);
            }
        }
    }

    @Test
    @DisplayName("SI-1: what is missing or null somewhere can be null")
    void nullable() throws Exception {
        assertThat(schema(analyze("", "{\"a\":1,\"b\":null}\n{\"a\":70000,\"b\":5000000000}\n{\"b\":1}\n")))
                .isEqualTo("a Nullable(Int32) `json:$.a`, b Nullable(Int64) `json:$.b`");
    }

    @Test
    @DisplayName("SI-6, DS-17: CSV with a header, and the dialect that was found")
    void csv() throws Exception {
        Reply reply = analyze("", """
                VIN (1-10);2020 Census Tract;Clean Alternative Fuel Vehicle (CAFV) Eligibility;ZIP;Day
                5YJ;53067;yes;01234;2024-01-02
                KM8;;no;02345;2024-01-03
                """);

        assertThat(schema(reply))
                .isEqualTo("vin__1_10_ String, c_2020_census_tract Nullable(Int32), "
                        + "clean_alternative_fuel_vehicle__cafv__eligibility String, zip String, day Date");
        assertThat(reply.body().path("dialect").path("delimiter").asString()).isEqualTo(";");
        assertThat(reply.body().path("dialect").path("has_header").asBoolean()).isTrue();
    }

    @Test
    @DisplayName("SI-1: CSV without a header")
    void noHeader() throws Exception {
        assertThat(schema(analyze("", "1,a\n2,b\n"))).isEqualTo("column_00 Int16, column_01 String");
    }

    @Test
    @DisplayName("DS-18, SI-1: Parquet, as the part 'file' of a form, and by URL")
    void parquet() throws Exception {
        byte[] parquet = platform.bytes("SELECT 1::Int32 AS id, 'x' AS word, [1::Int64] AS list FORMAT Parquet");
        var form = new java.io.ByteArrayOutputStream();
        form.writeBytes(FilesClient.bytes(
                "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"x.parquet\"\r\n\r\n"));
        form.writeBytes(parquet);
        form.writeBytes(FilesClient.bytes("\r\n--b--\r\n"));
        Reply reply = platform.client.send("/v0/analyze", "multipart/form-data; boundary=b", form.toByteArray());
        assertThat(reply.status()).as(reply.response().body()).isEqualTo(200);
        assertThat(schema(reply))
                .contains("`json:$.id`")
                .contains("`json:$.list[:]`")
                .contains("word ");

        try (FileServer server = FileServer.start()) {
            server.put("/x.parquet", parquet);
            Reply remote = platform.client.send(
                    "/v0/analyze?url=" + URLEncoder.encode(server.url("/x.parquet?sig=secret"), StandardCharsets.UTF_8),
                    "",
                    new byte[0]);
            assertThat(schema(remote)).isEqualTo(schema(reply));
            assertThat(remote.response().body()).doesNotContain("secret");
        }
    }

    @Test
    @DisplayName("DS-18: 403 without the scope; 400 without a file, and for addresses inside")
    void refused() throws Exception {
        FilesClient appender = platform.client.as(platform.workspace.token("appender", "DATASOURCES:APPEND:any"));
        FilesClient creator = platform.client.as(platform.workspace.token("creator", "DATASOURCES:CREATE"));
        byte[] row = FilesClient.bytes("{\"a\":1}");
        assertThat(appender.send("/v0/analyze", "", row).status()).isEqualTo(403);
        assertThat(creator.send("/v0/analyze", "", row).status()).isEqualTo(200);
        assertThat(platform.client.send("/v0/analyze", "", new byte[0]).status())
                .isEqualTo(400);
        assertThat(platform.client
                        .send("/v0/analyze?url=http%3A%2F%2F169.254.169.254%2F", "", new byte[0])
                        .status())
                .isEqualTo(400);
    }
}
