package dev.rookery.ingest.writer;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.jspecify.annotations.Nullable;

/**
 * What a partition's committed offset and metadata say.
 *
 * @param from the first offset that may not be stored
 * @param to the end of the cycle under way, which must be repeated exactly; empty when there is none
 */
record FlushJournal(long from, OptionalLong to) {
    private static final String VERSION = "v1";
    private static final Pattern INTENT = Pattern.compile("v1;to=(\\d{1,18})");

    /** Everything below is stored, and nothing is under way. */
    static FlushJournal at(long from) {
        return new FlushJournal(from, OptionalLong.empty());
    }

    /** A cycle is about to be sent. */
    static FlushJournal intent(long from, long to) {
        return new FlushJournal(from, OptionalLong.of(to));
    }

    /** Reads a commit; empty when a newer version wrote it, for then going on could cut the records differently. */
    static Optional<FlushJournal> read(OffsetAndMetadata committed) {
        @Nullable String metadata = committed.metadata();
        if (metadata == null || metadata.isEmpty() || metadata.equals(VERSION)) {
            return Optional.of(at(committed.offset()));
        }
        Matcher intent = INTENT.matcher(metadata);
        return intent.matches()
                ? Optional.of(intent(committed.offset(), Long.parseLong(intent.group(1))))
                : Optional.empty();
    }

    /** As it is committed. */
    OffsetAndMetadata toCommit() {
        return new OffsetAndMetadata(from, to.isPresent() ? VERSION + ";to=" + to.getAsLong() : VERSION);
    }
}
