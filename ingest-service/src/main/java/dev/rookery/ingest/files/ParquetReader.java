package dev.rookery.ingest.files;

import dev.rookery.access.web.ApiException;
import dev.rookery.catalog.ClusterId;
import dev.rookery.catalog.clusters.ClusterPurpose;
import dev.rookery.clickhouse.ClickHouseException;
import dev.rookery.clickhouse.ClickHouseRequest;
import dev.rookery.clickhouse.ClickHouseResponse;
import dev.rookery.clickhouse.ClusterConnections;
import dev.rookery.clickhouse.PublicMessage;
import dev.rookery.clickhouse.Sql;
import dev.rookery.clickhouse.StreamedBody;
import dev.rookery.ingest.files.parquet.BadParquetException;
import dev.rookery.ingest.files.parquet.ParquetFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Has ClickHouse read Parquet: a row group at a time as a table of one statement, whose rows come back as JSON. The
 * statements are ours alone; what is the tenant's are the bytes of that table. The file is kept on disk meanwhile, for it
 * begins with its end. Thread safe.
 */
final class ParquetReader {
    private static final String BOUNDARY = "rookery-row-group";
    private static final int MEMORY_LIMIT_EXCEEDED = 241;

    /** One thread, so that rows keep their order: which block a row is in must be the same on every attempt. */
    private static final Map<String, String> SETTINGS = Map.of(
            "max_threads", "1",
            "max_parsing_threads", "1",
            "max_memory_usage", Long.toString(4L << 30),
            "input_format_parquet_preserve_order", "1",
            "date_time_output_format", "iso",
            "output_format_json_quote_64bit_integers", "0",
            "output_format_json_quote_denormals", "1",
            "output_format_json_escape_forward_slashes", "0");

    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private final ClusterConnections clickHouse;
    private final long maxRowGroup;

    /** @param maxRowGroup in compressed bytes */
    ParquetReader(ClusterConnections clickHouse, long maxRowGroup) {
        this.clickHouse = clickHouse;
        this.maxRowGroup = maxRowGroup;
    }

    /**
     * The rows as lines of JSON; closing it gives the disk back.
     *
     * @throws ApiException 400 when it is no Parquet that can be read, also while it is read
     */
    InputStream lines(InputStream content, ClusterId cluster) throws IOException {
        FileChannel channel = temporary();
        try {
            content.transferTo(Channels.newOutputStream(channel));
            return new Groups(channel, open(channel), cluster);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** Without a name it goes with the process, whatever becomes of that. */
    private static FileChannel temporary() throws IOException {
        Path path = Files.createTempFile("rookery-", ".parquet");
        try {
            return FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
        } finally {
            Files.delete(path);
        }
    }

    /** A column as ClickHouse finds it in a file. */
    record Column(String name, String type) {}

    /** The columns that ClickHouse finds in a file of which {@link #lines} gives the rows. */
    List<Column> columns(InputStream lines) {
        return ((Groups) lines).columns();
    }

    private static ParquetFile open(FileChannel channel) throws IOException {
        try {
            return ParquetFile.open(channel);
        } catch (BadParquetException e) {
            throw unreadable(e);
        }
    }

    private static ApiException unreadable(BadParquetException e) {
        return new ApiException(
                HttpStatus.BAD_REQUEST, "The file is no Parquet that can be read: " + e.getMessage(), e);
    }

    private static ApiException failed(ClickHouseException e) {
        if (e.code() == MEMORY_LIMIT_EXCEEDED) {
            return ApiException.tooLarge("A row group of the Parquet file is too large; write it with smaller ones");
        }
        if (e.isRetriable()) {
            return new ApiException(
                            HttpStatus.SERVICE_UNAVAILABLE,
                            "The database does not read Parquet at the moment; try again",
                            e)
                    .withHeader("Retry-After", "10");
        }
        return new ApiException(
                HttpStatus.BAD_REQUEST,
                "The Parquet file cannot be read: " + PublicMessage.of(String.valueOf(e.getMessage()), "t", Map.of()),
                e);
    }

    /** One row group after the other. One thread. */
    private final class Groups extends InputStream {
        private final FileChannel channel;
        private final ParquetFile file;
        private final ClusterId cluster;
        private @Nullable String structure;
        private @Nullable ClickHouseResponse current;
        private int next;

        Groups(FileChannel channel, ParquetFile file, ClusterId cluster) {
            this.channel = channel;
            this.file = file;
            this.cluster = cluster;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            try {
                while (true) {
                    ClickHouseResponse open = current;
                    if (open != null) {
                        int count = open.body().read(bytes, offset, length);
                        if (count >= 0) {
                            return count;
                        }
                        open.close();
                        current = null;
                    }
                    if (next == file.groups()) {
                        return -1;
                    }
                    current = rows(next++);
                }
            } catch (BadParquetException e) {
                throw unreadable(e);
            } catch (ClickHouseException e) {
                throw failed(e);
            }
        }

        private ClickHouseResponse rows(int group) throws IOException {
            if (file.groupSize(group) > maxRowGroup) {
                throw new BadParquetException(
                        "a row group is larger than %d MB; write it with smaller ones".formatted(maxRowGroup >> 20));
            }
            ParquetFile.Part part = file.part(group);
            byte[] head = "--%s\r\nContent-Disposition: form-data; name=\"t\"; filename=\"t\"\r\n\r\n"
                    .formatted(BOUNDARY)
                    .getBytes(StandardCharsets.US_ASCII);
            byte[] tail = "\r\n--%s--\r\n".formatted(BOUNDARY).getBytes(StandardCharsets.US_ASCII);
            Map<String, String> parameters = new HashMap<>(SETTINGS);
            parameters.put("t_format", "Parquet");
            parameters.put("t_structure", structure());
            var select = new ClickHouseRequest("SELECT * FROM t FORMAT JSONEachRow", new byte[0], parameters, Map.of());
            return clickHouse.send(
                    cluster,
                    ClusterPurpose.ADMIN,
                    select,
                    new StreamedBody(
                            "multipart/form-data; boundary=" + BOUNDARY,
                            head.length + part.length() + tail.length,
                            new SequenceInputStream(Collections.enumeration(List.of(
                                    new ByteArrayInputStream(head), part.content(), new ByteArrayInputStream(tail))))));
        }

        private String structure() {
            String known = structure;
            if (known == null) {
                known = columns().stream()
                        .map(column -> Sql.identifier(column.name()) + " " + column.type())
                        .reduce((a, b) -> a + ", " + b)
                        .orElseThrow(() -> new BadParquetException("it has no columns"));
                structure = known;
            }
            return known;
        }

        List<Column> columns() {
            String hex = HexFormat.of().formatHex(file.empty());
            var describe = ClickHouseRequest.of(
                            "DESCRIBE TABLE format(Parquet, unhex('%s')) FORMAT JSONEachRow".formatted(hex))
                    .with("max_query_size", Integer.toString(hex.length() + 1_000));
            try {
                return clickHouse
                        .text(cluster, ClusterPurpose.ADMIN, describe)
                        .lines()
                        // Read as JSON: a name may hold anything, line breaks too.
                        .map(line -> JSON.readValue(line, Column.class))
                        .toList();
            } catch (ClickHouseException e) {
                throw failed(e);
            }
        }

        @Override
        public void close() throws IOException {
            Optional.ofNullable(current).ifPresent(ClickHouseResponse::close);
            channel.close();
        }
    }
}
