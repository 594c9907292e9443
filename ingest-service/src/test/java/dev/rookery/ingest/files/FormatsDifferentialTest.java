package dev.rookery.ingest.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rookery.ingest.files.FilesClient.Reply;
import dev.rookery.ingest.files.parquet.BadParquetException;
import dev.rookery.ingest.files.parquet.ParquetFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@DisplayName("The same rows as CSV, NDJSON and Parquet")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FormatsDifferentialTest {
    private static final String SOURCE = """
            SCHEMA >
                `id` Int64 `json:$.id`,
                `small` Int8 `json:$.small`,
                `f` Float64 `json:$.f`,
                `d` Decimal(18, 4) `json:$.d`,
                `s` String `json:$.s`,
                `n` Nullable(Int32) `json:$.n`,
                `day` Date `json:$.day`,
                `at` DateTime64(3) `json:$.at`,
                `b` Bool `json:$.b`,
                `a` Array(Int32) `json:$.a[:]`,
                `m` Map(String, String) `json:$.m`,
                `t` LowCardinality(String) DEFAULT 'none' `json:$.t`

            ENGINE "MergeTree"
            ENGINE_SORTING_KEY "id"
            """.replace(" DEFAULT 'none' `json:$.t`", " `json:$.t` DEFAULT 'none'");
    private static final String ROWS = """
            SELECT number - 500 AS id,
                   number %% 200 AS small,
                   number / 7 AS f,
                   toDecimal64(number, 4) / 3 AS d,
                   concat('line ', number::String, ' "q", \\n\\\\ \u00e9\uD83D\uDE00') AS s,
                   if(number %% 3 = 0, NULL, toInt32(number)) AS n,
                   toDate('2020-01-01') + number AS day,
                   toDateTime64('2021-02-03 04:05:06.789', 3, 'UTC') + number AS at,
                   number %% 2 = 0 AS b,
                   range(number %% 4)::Array(Int32) AS a,
                   map('k', number::String) AS m,
                   concat('t', (number %% 5)::String) AS t
            FROM numbers(1000)
            FORMAT %s
            """;
    private static final String STORED = "SELECT * FROM %s ORDER BY id FORMAT TSV";

    private FilesPlatform platform;

    @BeforeAll
    void start() {
        platform = new FilesPlatform(
                Map.of("warm", SOURCE, "csv", SOURCE, "ndjson", SOURCE, "parquet", SOURCE, "zipped", SOURCE),
                "--rookery.ingest.files.block=50KB");
        await().atMost(Duration.ofSeconds(60))
                .until(() -> platform.client
                                .body("name=warm", "text/csv", FilesClient.bytes("x\n"))
                                .status()
                        == 200);
    }

    @AfterAll
    void stop() {
        platform.close();
    }

    private void load(String name, byte[] content) throws Exception {
        Reply reply = platform.client.part("mode=append&name=" + name, "csv", "rows", content);
        assertThat(reply.status()).as(reply.response().body()).isEqualTo(200);
        // int8: 128 to 199 do not fit.
        assertThat(reply.error()).isEqualTo("There was an error with file contents: 360 rows in quarantine.");
        assertThat(reply.body().path("successful_rows").asInt()).isEqualTo(640);
    }

    private String quarantined(String name) {
        return platform.query(
                "SELECT * EXCEPT (insertion_date, c__import_id, f, d, at, b, a, m, n) FROM %s ORDER BY toInt64(id) FORMAT TSV"
                        .formatted(platform.workspace.quarantines(name).getFirst()));
    }

    @Test
    @DisplayName("JP, DS-19: equal rows, equal quarantine; Parquet with many row groups, compressed too")
    void equal() throws Exception {
        String json = " SETTINGS output_format_json_quote_64bit_integers = 0";
        byte[] ndjson = platform.bytes(ROWS.formatted("JSONEachRow") + json);
        byte[] csv = platform.bytes(ROWS.formatted("CSVWithNames"));
        byte[] parquet =
                platform.bytes(ROWS.formatted("Parquet") + " SETTINGS output_format_parquet_row_group_size = 130");

        load("ndjson", ndjson);
        load("csv", csv);
        load("parquet", parquet);
        load("zipped", FilesClient.gzip(parquet));

        String expected = platform.query(STORED.formatted(platform.table("ndjson")));
        assertThat(expected.lines()).hasSize(640);
        for (String name : new String[] {"csv", "parquet", "zipped"}) {
            assertThat(platform.query(STORED.formatted(platform.table(name))))
                    .as(name)
                    .isEqualTo(expected);
            assertThat(quarantined(name)).as(name).isEqualTo(quarantined("ndjson"));
        }
    }

    @Test
    @DisplayName("Parquet that is none, or damaged, is refused in words")
    void damaged() throws Exception {
        byte[] parquet = platform.bytes(ROWS.formatted("Parquet"));
        byte[] cut = java.util.Arrays.copyOf(parquet, parquet.length - 100);
        byte[] wrong = parquet.clone();
        for (int i = wrong.length / 2; i < wrong.length / 2 + 200; i++) {
            wrong[i] ^= 0x5A;
        }
        byte[] footer = parquet.clone();
        for (int i = footer.length - 60; i < footer.length - 8; i++) {
            footer[i] = (byte) 0xFF;
        }
        for (byte[] bad : new byte[][] {cut, wrong, footer, FilesClient.bytes("PAR1 but no more than that PAR1")}) {
            Reply reply = platform.client.part("mode=append&name=warm", "csv", "rows", bad);
            assertThat(reply.status()).as(reply.response().body()).isEqualTo(400);
            assertThat(reply.error())
                    .containsAnyOf("The file is no Parquet that can be read", "The Parquet file cannot be read");
        }
    }

    @Test
    @DisplayName("footers that are altered at random are read, or refused; nothing else happens")
    void altered() throws Exception {
        byte[] parquet =
                platform.bytes(ROWS.formatted("Parquet") + " SETTINGS output_format_parquet_row_group_size = 130");
        int footer = ByteBuffer.wrap(parquet, parquet.length - 8, 4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .getInt();
        var random = new Random(7);
        int read = 0;
        for (int attempt = 0; attempt < 500; attempt++) {
            byte[] mutant = parquet.clone();
            for (int i = 0; i <= random.nextInt(4); i++) {
                mutant[parquet.length - 8 - footer + random.nextInt(footer)] = (byte) random.nextInt();
            }
            Path path = Files.write(Files.createTempFile("altered", ".parquet"), mutant);
            try (FileChannel channel =
                    FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.DELETE_ON_CLOSE)) {
                ParquetFile file = ParquetFile.open(channel);
                for (int group = 0; group < file.groups(); group++) {
                    assertThat(file.groupSize(group)).isBetween(0L, (long) mutant.length);
                    ParquetFile.Part part = file.part(group);
                    assertThat(part.content().readAllBytes()).hasSize((int) part.length());
                }
                read++;
            } catch (BadParquetException refused) {
                assertThat(refused).hasMessageNotContaining("null");
            }
        }
        assertThat(read).isBetween(1, 499);
    }
}
