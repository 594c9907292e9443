package dev.rookery.ingest.files;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.rookery.catalog.snapshot.DatasourceEntry;
import dev.rookery.ingest.encoding.EncodeCounts;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answer to an upload (client-contract.md 8). Rows that do not fit are no failure of the call; clients look at {@code
 * error}, which is false or a text.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record AppendAnswer(
        String importId,
        SourceName datasource,
        long successfulRows,
        long quarantinedRows,
        long quarantineRows,
        long invalidLines,
        Object error,
        @Nullable List<String> errors,
        List<Block> blocks,
        List<BlockState> blockLog) {
    /** How clients are told which data source it is. */
    record SourceName(String id, String name) {
        static SourceName of(DatasourceEntry entry) {
            return new SourceName(entry.id().toString(), entry.name());
        }
    }

    record Block(String blockId, List<Part> processReturn) {}

    record Part(String parser, long lines, long quarantine, long invalidLines, long emptyLines, long bytes) {}

    record BlockState(String blockId, String status) {}

    static AppendAnswer of(String importId, DatasourceEntry entry, FileFormat format, Uploads.Appended appended) {
        Totals totals = appended.totals();
        List<Block> blocks = new ArrayList<>();
        List<BlockState> log = new ArrayList<>();
        for (EncodeCounts counts : appended.blocks()) {
            String id = "%s:%d".formatted(importId, blocks.size());
            long lines = counts.successfulRows() + counts.quarantinedRows() + counts.invalidLines();
            blocks.add(new Block(
                    id,
                    List.of(new Part(
                            format.text(),
                            lines,
                            counts.quarantinedRows(),
                            counts.invalidLines(),
                            counts.emptyLines(),
                            counts.bytes()))));
            log.add(new BlockState(id, "done"));
        }
        return new AppendAnswer(
                importId,
                SourceName.of(entry),
                totals.rows(),
                totals.quarantined(),
                totals.quarantined(),
                totals.invalid(),
                totals.isClean() ? (Object) false : totals.complaint(),
                totals.isClean() ? null : List.of(totals.complaint()),
                blocks,
                log);
    }
}
