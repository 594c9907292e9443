package dev.rookery.ingest.encoding;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class LineReaderTest {

    private static final int MAX_LINE = 100_000;

    /** Hands out as many bytes at once as it likes. */
    private static final class Dripping extends ByteArrayInputStream {

        private final Random random;

        Dripping(byte[] bytes, Random random) {
            super(bytes);
            this.random = random;
        }

        @Override
        public synchronized int read(byte[] target, int offset, int length) {
            return super.read(target, offset, Math.min(length, 1 + random.nextInt(20_000)));
        }
    }

    private static List<String> lines(LineReader reader, InputStream body) throws IOException {
        reader.open(body);
        var lines = new ArrayList<String>();
        while (reader.next()) {
            lines.add(
                    reader.tooLong()
                            ? "too long"
                            : new String(
                                    reader.buffer(),
                                    reader.start(),
                                    reader.end() - reader.start(),
                                    StandardCharsets.UTF_8));
        }
        return lines;
    }

    @Test
    @DisplayName("cuts the same lines however the bytes arrive, also when it is used again")
    void anyChunks() throws IOException {
        var random = new Random(7);
        var reader = new LineReader(MAX_LINE);
        for (int round = 0; round < 300; round++) {
            var expected = new ArrayList<String>();
            var body = new StringBuilder();
            for (int i = random.nextInt(12); i > 0; i--) {
                int length = random.nextInt(8) == 0 ? random.nextInt(3 * MAX_LINE) : random.nextInt(60);
                var line = String.valueOf((char) ('a' + i)).repeat(length);
                body.append(line).append('\n');
                expected.add(length > MAX_LINE ? "too long" : line);
            }
            if (random.nextBoolean()) {
                body.append("last");
                expected.add("last");
            }
            var bytes = body.toString().getBytes(StandardCharsets.UTF_8);
            assertThat(lines(reader, new Dripping(bytes, random))).isEqualTo(expected);
            assertThat(reader.bytes()).isEqualTo(bytes.length);
        }
    }

    @Test
    @DisplayName("a line of just the limit is not too long")
    void justTheLimit() throws IOException {
        var reader = new LineReader(MAX_LINE);
        var body = "x".repeat(MAX_LINE) + "\n" + "y".repeat(MAX_LINE + 1) + "\n" + "z".repeat(MAX_LINE);
        assertThat(lines(reader, new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8))))
                .containsExactly("x".repeat(MAX_LINE), "too long", "z".repeat(MAX_LINE));
    }
}
