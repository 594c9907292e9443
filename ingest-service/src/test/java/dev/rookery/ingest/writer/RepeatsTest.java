package dev.rookery.ingest.writer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.ingest.log.RequestKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("ALGORITHMS 9: repeats under an idempotency key")
class RepeatsTest {
    private static final byte[] SOURCE = "t_1".getBytes(StandardCharsets.US_ASCII);

    private static ConsumerRecord<byte[], byte[]> record(long offset, Duration at, RequestKey key) {
        var headers = new RecordHeaders();
        ByteBuffer bytes = ByteBuffer.allocate(20);
        bytes.put(HexFormat.of().parseHex(key.request())).putInt(key.part());
        headers.add("rookery-request", bytes.array());
        return new ConsumerRecord<>(
                "events",
                0,
                offset,
                at.toMillis(),
                TimestampType.CREATE_TIME,
                0,
                0,
                SOURCE,
                new byte[0],
                headers,
                Optional.empty());
    }

    private static ConsumerRecord<byte[], byte[]> plain(long offset) {
        return new ConsumerRecord<>("events", 0, offset, SOURCE, new byte[0]);
    }

    private static List<Long> kept(Repeats repeats, List<ConsumerRecord<byte[], byte[]>> records) {
        return repeats.without(records).stream().map(ConsumerRecord::offset).toList();
    }

    @Test
    @DisplayName("a part of a request is kept once; other parts, other requests and records without a key are kept")
    void repeats() {
        RequestKey a = RequestKey.of(SOURCE, "a");
        RequestKey b = RequestKey.of(SOURCE, "b");
        RequestKey otherSource = RequestKey.of("t_2".getBytes(StandardCharsets.US_ASCII), "a");

        assertThat(kept(
                        new Repeats(),
                        List.of(
                                record(0, Duration.ZERO, a),
                                record(1, Duration.ZERO, a.next()),
                                record(2, Duration.ZERO, b),
                                record(3, Duration.ZERO, a),
                                record(4, Duration.ZERO, otherSource),
                                plain(5),
                                plain(6),
                                record(7, Duration.ofMinutes(10), a.next()))))
                .containsExactly(0L, 1L, 2L, 4L, 5L, 6L);
    }

    @Test
    @DisplayName("10 minutes after the last attempt, repeat or not, a key may be used again")
    void window() {
        RequestKey a = RequestKey.of(SOURCE, "a");

        assertThat(kept(
                        new Repeats(),
                        List.of(
                                record(0, Duration.ZERO, a),
                                record(1, Duration.ofMinutes(9), a),
                                record(2, Duration.ofMinutes(18), a),
                                record(3, Duration.ofMinutes(28).plusMillis(1), a))))
                .containsExactly(0L, 3L);
    }

    @Test
    @DisplayName("wherever a writer starts, with the 10 minutes before it read again, it drops the same")
    void functionOfTheLog() {
        Random random = new Random(7);
        List<ConsumerRecord<byte[], byte[]>> log = new ArrayList<>();
        for (int offset = 0; offset < 3_000; offset++) {
            // Clocks of several acceptors: up to half a minute apart.
            Duration at = Duration.ofSeconds(offset + random.nextInt(30));
            log.add(record(offset, at, RequestKey.of(SOURCE, "key-" + random.nextInt(400))));
        }
        List<Long> all = kept(new Repeats(), log);
        for (int start : new int[] {700, 1_111, 2_500}) {
            Repeats repeats = new Repeats();
            long since = log.get(start).timestamp() - Duration.ofMinutes(11).toMillis();
            repeats.without(log.subList(0, start).stream()
                    .filter(record -> record.timestamp() >= since)
                    .toList());

            assertThat(kept(repeats, log.subList(start, log.size())))
                    .isEqualTo(all.stream().filter(offset -> offset >= start).toList());
        }
    }
}
