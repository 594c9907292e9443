package dev.rookery.ingest.log;

import dev.rookery.catalog.ResourceId;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;

/**
 * What a writer tells on {@code Topics.COMMITS} after each cycle (ALGORITHMS.md 10).
 *
 * @param end every record of the partition below this offset is stored, but for the exceptions
 * @param exceptions data sources of which only what is below another offset is stored
 */
public record CommitNotice(TopicPartition partition, long end, Map<ResourceId, Long> exceptions) {
    /** Readers that know no exceptions understand this one. */
    private static final String WITHOUT_EXCEPTIONS = "v1";

    private static final String WITH_EXCEPTIONS = "v2";

    public CommitNotice {
        exceptions = Map.copyOf(exceptions);
    }

    /** Whether the record of a data source at an offset below {@link #end} is stored. */
    public boolean covers(ResourceId source, long offset) {
        return exceptions.getOrDefault(source, Long.MAX_VALUE) > offset;
    }

    /** The notice as a record's value. */
    public byte[] toBytes() {
        String version = exceptions.isEmpty() ? WITHOUT_EXCEPTIONS : WITH_EXCEPTIONS;
        String text =
                "%s;topic=%s;partition=%d;end=%d".formatted(version, partition.topic(), partition.partition(), end);
        if (!exceptions.isEmpty()) {
            text += exceptions.entrySet().stream()
                    .map(entry -> entry.getKey() + ":" + entry.getValue())
                    .collect(Collectors.joining(",", ";except=", ""));
        }
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Reads a notice; empty for those of a version that is not known here, which only means that a client waits. */
    public static Optional<CommitNotice> parse(byte[] bytes) {
        String[] parts = new String(bytes, StandardCharsets.UTF_8).split(";", -1);
        boolean withExceptions = parts.length >= 5 && parts[0].equals(WITH_EXCEPTIONS);
        if (parts.length < 4 || !(withExceptions || parts[0].equals(WITHOUT_EXCEPTIONS))) {
            return Optional.empty();
        }
        try {
            var partition =
                    new TopicPartition(value(parts[1], "topic="), Integer.parseInt(value(parts[2], "partition=")));
            return Optional.of(new CommitNotice(
                    partition,
                    Long.parseLong(value(parts[3], "end=")),
                    withExceptions ? exceptions(value(parts[4], "except=")) : Map.of()));
        } catch (IllegalArgumentException damaged) {
            return Optional.empty();
        }
    }

    private static Map<ResourceId, Long> exceptions(String text) {
        Map<ResourceId, Long> exceptions = new HashMap<>();
        for (String one : text.split(",", -1)) {
            int colon = one.indexOf(':');
            ResourceId source = ResourceId.parse(one.substring(0, Math.max(0, colon)))
                    .orElseThrow(() -> new IllegalArgumentException("expected a data source"));
            exceptions.put(source, Long.parseLong(one.substring(colon + 1)));
        }
        return exceptions;
    }

    private static String value(String part, String name) {
        if (!part.startsWith(name)) {
            throw new IllegalArgumentException("expected " + name);
        }
        return part.substring(name.length());
    }
}
