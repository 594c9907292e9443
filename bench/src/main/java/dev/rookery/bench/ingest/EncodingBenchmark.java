package dev.rookery.bench.ingest;

import dev.rookery.engines.testing.TestEngines;
import dev.rookery.ingest.encoding.Acceptance;
import dev.rookery.ingest.encoding.BlockSink;
import dev.rookery.ingest.encoding.BodyFormat;
import dev.rookery.ingest.encoding.EncodeCounts;
import dev.rookery.ingest.encoding.EncodedBlock;
import dev.rookery.ingest.encoding.EncoderLimits;
import dev.rookery.ingest.encoding.InvalidLines;
import dev.rookery.ingest.encoding.NdjsonEncoder;
import java.io.IOException;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MappingIterator;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

/**
 * 1,000,000 bytes of events to RowBinary on one core: microseconds per megabyte. The peers read the same bytes: Jackson
 * into trees, and ClickHouse on one thread into a table that keeps nothing.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(value = 1, jvmArgsAppend = "--enable-native-access=ALL-UNNAMED")
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
public class EncodingBenchmark {
    /** Bytes of a body; what ClickHouse takes is so large that the way there does not count. */
    static final int BYTES = 1_000_000;

    private static final Acceptance NOW = new Acceptance(Instant.parse("2026-03-01T12:00:00Z"), null);

    private final NdjsonEncoder encoder =
            new NdjsonEncoder(WebEvents.layout(), EncoderLimits.DEFAULT, InvalidLines.QUARANTINE);
    private final ObjectMapper mapper = new JsonMapper();
    private final Discard sink = new Discard();
    private byte[] body = {};

    private static final class Discard implements BlockSink {
        @Override
        public void rows(EncodedBlock block) {
            if (block.rows() == 0) {
                throw new IllegalStateException("A block has rows");
            }
        }

        @Override
        public void quarantine(EncodedBlock block) {
            throw new IllegalStateException("Every row fits");
        }
    }

    /** The engine that the peer needs. */
    @State(Scope.Benchmark)
    public static class Peer {
        private HttpConnection connection = HttpConnection.closed();
        private byte[] head = {};
        private byte[] body = {};

        /** Starts ClickHouse. */
        @Setup(Level.Trial)
        public void prepare() throws IOException {
            body = wholeLines(10 * BYTES);
            var clickHouse = TestEngines.clickHouse();
            var admin = new ClickHouseUser(clickHouse.http(), clickHouse.users().admin());
            connection = admin.connect();
            admin.execute("CREATE DATABASE IF NOT EXISTS bench_encoding");
            admin.execute(
                    "CREATE OR REPLACE TABLE bench_encoding.events (%s) ENGINE = Null".formatted(WebEvents.ddl()));
            head = admin.insertHead(
                    "bench_encoding.events",
                    body.length,
                    "&max_threads=1&input_format_parallel_parsing=0&max_parsing_threads=1");
        }

        /** Ends the connection. */
        @TearDown(Level.Trial)
        public void close() {
            connection.close();
        }
    }

    /** Writes the body. */
    @Setup(Level.Trial)
    public void prepare() {
        body = wholeLines(BYTES);
    }

    /** About so many bytes. */
    static byte[] wholeLines(int bytes) {
        int rows = (int) (bytes * 1_000L / WebEvents.ndjson(1, 1_000).length);
        return WebEvents.ndjson(1, rows);
    }

    /** One body. */
    @Benchmark
    public EncodeCounts encode() {
        return encoder.encode(body, BodyFormat.NDJSON, NOW, sink);
    }

    /** The peer: a tree per line, with no column looked at. */
    @Benchmark
    public int peerJacksonTree() throws IOException {
        int fields = 0;
        try (MappingIterator<JsonNode> rows = mapper.readerFor(JsonNode.class).readValues(body)) {
            while (rows.hasNextValue()) {
                fields += rows.nextValue().size();
            }
        }
        return fields;
    }

    /** The peer: ten megabytes into ClickHouse's Null engine, on one thread, with the way there. */
    @Benchmark
    public int peerClickHouseTenfold(Peer peer) throws IOException {
        return peer.connection.post(peer.head, peer.body);
    }
}
