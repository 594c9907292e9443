package dev.rookery.ingest.events;

import dev.rookery.catalog.snapshot.DatasourceEntry;
import dev.rookery.catalog.snapshot.WorkspaceSnapshot;
import dev.rookery.ingest.encoding.EncoderLimits;
import dev.rookery.ingest.encoding.InvalidLines;
import dev.rookery.ingest.encoding.Layout;
import dev.rookery.ingest.encoding.LayoutColumn;
import dev.rookery.ingest.encoding.LayoutException;
import dev.rookery.ingest.encoding.NdjsonEncoder;
import dev.rookery.ingest.log.BlockKind;
import dev.rookery.ingest.log.RecordFormat;
import dev.rookery.ingest.log.Target;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;

/** What a data source's datafile means for its rows, worked out once. Thread safe; encoders are lent out. */
final class CompiledSource {
    /** Of the encoded blocks of one record, so that a record stays within 1 MiB (ALGORITHMS.md 9). */
    static final int RECORD_BYTES = 1 << 20;

    private static final int LEAST_BLOCK_BYTES = 64 << 10;
    private static final int IDLE_ENCODERS = 8;

    private final Layout layout;
    private final EncoderLimits limits;
    private final InvalidLines invalidLines;
    private final Target rows;
    private final Target quarantine;
    private final Queue<NdjsonEncoder> idle = new ArrayBlockingQueue<>(IDLE_ENCODERS);

    private CompiledSource(
            Layout layout, EncoderLimits limits, InvalidLines invalidLines, Target rows, Target quarantine) {
        this.layout = layout;
        this.limits = limits;
        this.invalidLines = invalidLines;
        this.rows = rows;
        this.quarantine = quarantine;
    }

    /** @throws LayoutException when the data source cannot receive JSON */
    static CompiledSource of(WorkspaceSnapshot workspace, DatasourceEntry entry, RowOrigin origin, int maxRow) {
        Layout layout = SourceLayout.of(entry.file(), origin.naming());
        String database = workspace.place().database();
        Target rows = new Target(
                workspace.id(),
                entry.id(),
                database,
                entry.table(),
                BlockKind.ROWS,
                layout.columns().stream().map(LayoutColumn::name).toList());
        Target quarantine = new Target(
                workspace.id(),
                entry.id(),
                database,
                entry.quarantineName(),
                BlockKind.QUARANTINE,
                layout.quarantineColumns().stream()
                        .map(Layout.QuarantineColumn::name)
                        .toList());
        int overhead = RecordFormat.overhead(rows) + RecordFormat.overhead(quarantine);
        int blockBytes = Math.max(LEAST_BLOCK_BYTES, RECORD_BYTES - overhead);
        var limits = new EncoderLimits(blockBytes, EncoderLimits.DEFAULT.blockRows(), maxRow);
        var compiled = new CompiledSource(layout, limits, origin.invalidLines(), rows, quarantine);
        compiled.giveBack(compiled.newEncoder());
        return compiled;
    }

    Layout layout() {
        return layout;
    }

    Target rows() {
        return rows;
    }

    Target quarantine() {
        return quarantine;
    }

    /** An encoder for one body; hand it back afterwards. */
    NdjsonEncoder borrow() {
        NdjsonEncoder encoder = idle.poll();
        return encoder == null ? newEncoder() : encoder;
    }

    void giveBack(NdjsonEncoder encoder) {
        // More than a few are not worth their buffers.
        var _ = idle.offer(encoder);
    }

    private NdjsonEncoder newEncoder() {
        return new NdjsonEncoder(layout, limits, invalidLines);
    }
}
