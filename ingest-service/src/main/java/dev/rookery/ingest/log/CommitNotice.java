package dev.rookery.ingest.log;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;

/**
 * What a writer tells on {@code Topics.COMMITS} after each cycle (ALGORITHMS.md 10).
 *
 * @param end every record of the partition below this offset is stored
 */
public record CommitNotice(TopicPartition partition, long end) {
    private static final String VERSION = "v1";

    /** The notice as a record's value. */
    public byte[] toBytes() {
        return "%s;topic=%s;partition=%d;end=%d"
                .formatted(VERSION, partition.topic(), partition.partition(), end)
                .getBytes(StandardCharsets.UTF_8);
    }

    /** Reads a notice; empty for those of a version that is not known here, which only means that a client waits. */
    public static Optional<CommitNotice> parse(byte[] bytes) {
        String[] parts = new String(bytes, StandardCharsets.UTF_8).split(";", -1);
        if (parts.length < 4 || !parts[0].equals(VERSION)) {
            return Optional.empty();
        }
        try {
            var partition =
                    new TopicPartition(value(parts[1], "topic="), Integer.parseInt(value(parts[2], "partition=")));
            return Optional.of(new CommitNotice(partition, Long.parseLong(value(parts[3], "end="))));
        } catch (IllegalArgumentException damaged) {
            return Optional.empty();
        }
    }

    private static String value(String part, String name) {
        if (!part.startsWith(name)) {
            throw new IllegalArgumentException("expected " + name);
        }
        return part.substring(name.length());
    }
}
