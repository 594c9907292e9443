package dev.rookery.ingest.events;

import dev.rookery.catalog.snapshot.DatasourceEntry;
import dev.rookery.catalog.snapshot.WorkspaceSnapshot;
import dev.rookery.ingest.encoding.Acceptance;
import dev.rookery.ingest.encoding.BodyFormat;
import dev.rookery.ingest.encoding.EncodeCounts;
import dev.rookery.ingest.encoding.NdjsonEncoder;
import dev.rookery.ingest.log.EventLog;
import dev.rookery.ingest.log.LogProperties;
import dev.rookery.ingest.log.RequestKey;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.apache.kafka.clients.producer.RecordMetadata;

/** Takes the rows of a request into the log. Thread safe. */
final class EventIngestion {
    private final CompiledSources sources;
    private final QuarantineTables quarantines;
    private final EventTopics topics;
    private final KeyedTopics keyed;
    private final EventLog log;
    private final Spread spread;
    private final InstantSource clock;
    private final long holdBack;
    private final Duration patience;

    EventIngestion(
            CompiledSources sources,
            QuarantineTables quarantines,
            EventTopics topics,
            KeyedTopics keyed,
            EventLog log,
            Spread spread,
            InstantSource clock,
            EventsProperties settings,
            LogProperties logSettings) {
        this.sources = sources;
        this.quarantines = quarantines;
        this.topics = topics;
        this.keyed = keyed;
        this.log = log;
        this.spread = spread;
        this.clock = clock;
        this.holdBack = settings.holdBack().toBytes();
        this.patience = logSettings.acknowledgeTimeout();
    }

    /**
     * What was taken.
     *
     * @param last where the request's last record is; empty when it had no rows
     */
    record Taken(EncodeCounts counts, Optional<RecordMetadata> last) {}

    /** Returns when every row of the body is acknowledged by all in-sync replicas. */
    Taken take(
            WorkspaceSnapshot workspace,
            DatasourceEntry entry,
            InputStream body,
            BodyFormat format,
            Optional<String> idempotencyKey)
            throws IOException {
        CompiledSource source = sources.get(workspace, entry);
        byte[] key = entry.id().toString().getBytes(StandardCharsets.US_ASCII);
        String topic = topics.of(workspace);
        idempotencyKey.ifPresent(_ -> keyed.announce(topic));
        // Repeats under a name are looked for in one partition.
        int turn = idempotencyKey.isPresent() ? 0 : spread.turn(entry.id());
        var records = new Acknowledgements(
                log,
                topic,
                key,
                turn == 0 ? null : log.partition(topic, key, turn),
                idempotencyKey.map(name -> RequestKey.of(key, name)).orElse(null));
        var assembler = new RecordAssembler(
                source, () -> quarantines.require(workspace, entry, source.layout()), holdBack, records::send);
        EncodeCounts counts = encode(source, body, format, assembler);
        assembler.finish();
        spread.took(entry.id(), counts.bytes());
        return new Taken(counts, records.await(patience));
    }

    private EncodeCounts encode(CompiledSource source, InputStream body, BodyFormat format, RecordAssembler into)
            throws IOException {
        NdjsonEncoder encoder = source.borrow();
        try {
            return encoder.encode(body, format, new Acceptance(clock.instant(), null), into);
        } finally {
            source.giveBack(encoder);
        }
    }
}
