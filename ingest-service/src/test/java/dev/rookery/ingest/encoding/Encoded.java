package dev.rookery.ingest.encoding;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What became of a body, decoded. */
record Encoded(EncodeCounts counts, List<Map<String, Object>> rows, List<Map<String, Object>> quarantine) {

    static final Acceptance ACCEPTANCE = new Acceptance(Instant.parse("2026-03-04T05:06:07.890Z"), null);

    static Encoded ndjson(Layout layout, String... lines) {
        return body(layout, BodyFormat.NDJSON, String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
    }

    static Encoded json(Layout layout, String body) {
        return body(layout, BodyFormat.JSON, body.getBytes(StandardCharsets.UTF_8));
    }

    static Encoded body(Layout layout, BodyFormat format, byte[] body) {
        return body(layout, EncoderLimits.DEFAULT, format, body);
    }

    static Encoded body(Layout layout, EncoderLimits limits, BodyFormat format, byte[] body) {
        var blocks = new Blocks();
        var encoder = new NdjsonEncoder(layout, limits, InvalidLines.QUARANTINE);
        var counts = encoder.encode(body, format, ACCEPTANCE, blocks);
        var rows = new ArrayList<Map<String, Object>>();
        blocks.rows().forEach(block -> rows.addAll(RowBinaryDecoder.rows(layout, block)));
        var quarantine = new ArrayList<Map<String, Object>>();
        blocks.quarantine().forEach(block -> quarantine.addAll(RowBinaryDecoder.quarantine(layout, block)));
        return new Encoded(counts, rows, quarantine);
    }

    /** The only row. */
    Map<String, Object> row() {
        if (rows.size() != 1 || !quarantine.isEmpty()) {
            throw new AssertionError("Expected one good row: " + this);
        }
        return rows.getFirst();
    }

    /** The errors of the only row, which is quarantined. */
    Object errors() {
        if (!rows.isEmpty() || quarantine.size() != 1) {
            throw new AssertionError("Expected one bad row: " + this);
        }
        return quarantine.getFirst().getOrDefault("c__error", "");
    }

    /** Keeps the blocks. */
    record Blocks(List<EncodedBlock> rows, List<EncodedBlock> quarantine) implements BlockSink {

        Blocks() {
            this(new ArrayList<>(), new ArrayList<>());
        }

        @Override
        public void rows(EncodedBlock block) {
            rows.add(block);
        }

        @Override
        public void quarantine(EncodedBlock block) {
            quarantine.add(block);
        }
    }
}
