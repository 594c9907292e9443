package dev.rookery.ingest.files;

import dev.rookery.ingest.encoding.EncodeCounts;
import java.util.ArrayList;
import java.util.List;

/**
 * What became of a file so far.
 *
 * @param rows that are stored
 * @param quarantined rows that did not fit, and are in the quarantine
 * @param invalid lines that are no rows
 * @param empty lines
 * @param bytes of the rows as JSON
 * @param blocks how many were sent
 */
record Totals(long rows, long quarantined, long invalid, long empty, long bytes, long blocks) {
    static final Totals NONE = new Totals(0, 0, 0, 0, 0, 0);

    Totals plus(EncodeCounts block) {
        return new Totals(
                rows + block.successfulRows(),
                quarantined + block.quarantinedRows(),
                invalid + block.invalidLines(),
                empty + block.emptyLines(),
                bytes + block.bytes(),
                blocks + 1);
    }

    /** Whether every line was a row that fits. */
    boolean isClean() {
        return quarantined == 0 && invalid == 0;
    }

    /** What clients show when it was not (QU-10). */
    String complaint() {
        List<String> parts = new ArrayList<>();
        if (quarantined > 0) {
            parts.add("%d %s in quarantine".formatted(quarantined, quarantined == 1 ? "row" : "rows"));
        }
        if (invalid > 0) {
            parts.add("%d invalid %s".formatted(invalid, invalid == 1 ? "line" : "lines"));
        }
        return "There was an error with file contents: " + String.join(" and ", parts) + ".";
    }
}
