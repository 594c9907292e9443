package dev.rookery.ingest.events;

import dev.rookery.access.web.ApiException;
import dev.rookery.catalog.ResourceId;
import dev.rookery.catalog.snapshot.DatasourceEntry;
import dev.rookery.catalog.snapshot.WorkspaceSnapshot;
import dev.rookery.ingest.encoding.Acceptance;
import dev.rookery.ingest.encoding.BlockSink;
import dev.rookery.ingest.encoding.BodyFormat;
import dev.rookery.ingest.encoding.EncodeCounts;
import dev.rookery.ingest.encoding.EncodedBlock;
import dev.rookery.ingest.encoding.Layout;
import dev.rookery.ingest.encoding.NdjsonEncoder;
import dev.rookery.ingest.log.EventLog;
import dev.rookery.ingest.log.RequestKey;
import dev.rookery.ingest.log.Target;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Takes the rows of files into the log, a block at a time, the way events go: the same encoding, quarantine and promises.
 * Rows arrive as lines of JSON objects, whatever the file was. Thread safe.
 */
public final class BlockIntake {
    private final CompiledSources byPath;
    private final CompiledSources byName;
    private final QuarantineTables quarantines;
    private final EventTopics topics;
    private final KeyedTopics keyed;
    private final EventLog log;
    private final CommitWatch commits;
    private final Restrictions restrictions;
    private final InstantSource clock;
    private final long holdBack;
    private final Duration patience;

    BlockIntake(
            CompiledSources byPath,
            CompiledSources byName,
            QuarantineTables quarantines,
            EventTopics topics,
            KeyedTopics keyed,
            EventLog log,
            CommitWatch commits,
            Restrictions restrictions,
            InstantSource clock,
            long holdBack,
            Duration patience) {
        this.byPath = byPath;
        this.byName = byName;
        this.quarantines = quarantines;
        this.topics = topics;
        this.keyed = keyed;
        this.log = log;
        this.commits = commits;
        this.restrictions = restrictions;
        this.clock = clock;
        this.holdBack = holdBack;
        this.patience = patience;
    }

    /**
     * Whose rows a block holds.
     *
     * @param named whether values are under their columns' names, as of CSV, and not under their JSONPaths
     * @param importId for {@code c__import_id} of rows that do not fit
     */
    public record Destination(WorkspaceSnapshot workspace, DatasourceEntry entry, boolean named, String importId) {}

    /**
     * What became of a block's rows.
     *
     * @param last where its last record is in the log; empty when it had none
     */
    public record Taken(EncodeCounts counts, Optional<RecordMetadata> last) {}

    /**
     * The columns that rows fill.
     *
     * @throws ApiException 400 when the data source cannot receive such rows
     */
    public Layout layout(Destination to) {
        return source(to).layout();
    }

    /** @throws ApiException 429 with the reason while the data source is too far behind to take more (IP-9) */
    public void requireUnrestricted(ResourceId source) {
        restrictions.check(source);
    }

    /** Whether it is, for those who can wait. */
    public boolean isRestricted(ResourceId source) {
        try {
            restrictions.check(source);
            return false;
        } catch (ApiException restricted) {
            return true;
        }
    }

    /**
     * Returns when every row of the block is acknowledged by all in-sync replicas.
     *
     * @param key under which the block may be taken again within 10 minutes without being stored twice (ALGORITHMS.md 9)
     * @throws IOException when the block cannot be read to its end; of more than a few MiB, a part may be stored then
     * @throws ApiException 503 when the rows are not acknowledged in time
     */
    public Taken take(Destination to, InputStream lines, @Nullable String key) throws IOException {
        CompiledSource source = source(to);
        Acknowledgements records = records(to, key);
        var assembler = assembler(to, source, records);
        EncodeCounts counts = encode(to, source, lines, assembler);
        return finish(to, counts, assembler, records);
    }

    /**
     * The same, but rows that fit go elsewhere, and only those that do not into the log.
     *
     * @param rows receives where they belong and their bytes, in {@link dev.rookery.ingest.encoding.InsertFormat#ROWS}
     */
    public Taken divide(Destination to, InputStream lines, @Nullable String key, BiConsumer<Target, EncodedBlock> rows)
            throws IOException {
        CompiledSource source = source(to);
        Acknowledgements records = records(to, key);
        var assembler = assembler(to, source, records);
        EncodeCounts counts = encode(to, source, lines, new BlockSink() {
            @Override
            public void rows(EncodedBlock block) {
                rows.accept(source.rows(), block);
            }

            @Override
            public void quarantine(EncodedBlock block) {
                assembler.quarantine(block);
            }
        });
        return finish(to, counts, assembler, records);
    }

    /**
     * Waits until what was taken is in ClickHouse.
     *
     * @return false when it was not within the time; it will be
     */
    public boolean awaitStored(ResourceId source, Taken taken, Duration atMost) {
        if (taken.last().isEmpty()) {
            return true;
        }
        RecordMetadata record = taken.last().get();
        try {
            return commits.await(
                    new TopicPartition(record.topic(), record.partition()), source, record.offset(), atMost);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private CompiledSource source(Destination to) {
        return (to.named() ? byName : byPath).get(to.workspace(), to.entry());
    }

    private Acknowledgements records(Destination to, @Nullable String key) {
        byte[] source = to.entry().id().toString().getBytes(StandardCharsets.US_ASCII);
        String topic = topics.of(to.workspace());
        if (key != null) {
            keyed.announce(topic);
        }
        return new Acknowledgements(log, topic, source, null, key == null ? null : RequestKey.of(source, key));
    }

    private RecordAssembler assembler(Destination to, CompiledSource source, Acknowledgements records) {
        return new RecordAssembler(
                source,
                () -> quarantines.require(to.workspace(), to.entry(), source.layout()),
                holdBack,
                records::send);
    }

    private EncodeCounts encode(Destination to, CompiledSource source, InputStream lines, BlockSink into)
            throws IOException {
        NdjsonEncoder encoder = source.borrow();
        try {
            return encoder.encode(lines, BodyFormat.NDJSON, new Acceptance(clock.instant(), to.importId()), into);
        } finally {
            source.giveBack(encoder);
        }
    }

    private Taken finish(Destination to, EncodeCounts counts, RecordAssembler assembler, Acknowledgements records) {
        assembler.finish();
        Optional<RecordMetadata> last = records.await(patience);
        last.ifPresent(record -> restrictions.sent(to.entry().id(), record));
        return new Taken(counts, last);
    }
}
