package dev.rookery.ingest.writer;

import dev.rookery.catalog.ingestion.KeyedRequests;
import dev.rookery.ingest.log.RequestKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Drops what a client has sent twice under one idempotency key (ALGORITHMS.md 9). A record is a repeat when an earlier
 * one of the partition, itself a repeat or not, carries the same key and is at most 10 minutes older by its timestamp: a
 * function of the log alone, so that every writer drops the same. One thread; sees each record once, in order.
 */
final class Repeats {
    static final Duration WINDOW = Duration.ofMinutes(10);

    /** Timestamps are the acceptors' clocks: one record may be older than the one before it. */
    private static final Duration SKEW = Duration.ofMinutes(1);

    private record Seen(RequestKey key, long at) {}

    private final Map<RequestKey, Long> last = new HashMap<>();
    private final Deque<Seen> order = new ArrayDeque<>();
    private long newest = Long.MIN_VALUE;

    /** The records that are no repeats. */
    List<ConsumerRecord<byte[], byte[]>> without(List<ConsumerRecord<byte[], byte[]>> records) {
        List<ConsumerRecord<byte[], byte[]>> kept = new ArrayList<>(records.size());
        for (ConsumerRecord<byte[], byte[]> record : records) {
            Optional<RequestKey> key = RequestKey.of(record);
            if (key.isEmpty() || isFirst(key.get(), record.timestamp())) {
                kept.add(record);
            }
        }
        return kept;
    }

    private boolean isFirst(RequestKey key, long at) {
        forget(at);
        Long before = last.get(key);
        last.merge(key, at, Math::max);
        order.add(new Seen(key, at));
        return before == null || at - before > WINDOW.toMillis();
    }

    private void forget(long at) {
        newest = Math.max(newest, at);
        long old = newest - WINDOW.plus(SKEW).toMillis();
        while (!order.isEmpty() && order.getFirst().at() < old) {
            Seen seen = order.removeFirst();
            last.remove(seen.key(), seen.at());
        }
    }

    /** Finds what came before a range. Thread safe. */
    static final class Lookback {
        private final KeyedRequests requests;
        private final LaneReaders readers;

        Lookback(KeyedRequests requests, LaneReaders readers) {
            this.requests = requests;
            this.readers = readers;
        }

        /**
         * A filter that has seen the 10 minutes before a range; nothing is read where no request had a key.
         *
         * @param from the range's first offset
         * @param first the timestamp of its first record, in milliseconds
         */
        Repeats before(TopicPartition partition, LaneReaders.Key key, long from, long first, StopSignal stop) {
            Repeats filter = new Repeats();
            long since = first - WINDOW.plus(SKEW).toMillis();
            Optional<Instant> last = requests.last(partition.topic());
            if (last.isEmpty()
                    || last.get().plus(KeyedRequests.INACCURACY).plus(SKEW).toEpochMilli() < since) {
                return filter;
            }
            long offset = readers.offsetAt(partition, since, from);
            while (offset < from) {
                LaneReaders.Range range = readers.read(partition, key, offset, from, 16L << 20, stop);
                var _ = filter.without(range.records());
                offset = range.to();
            }
            return filter;
        }
    }
}
