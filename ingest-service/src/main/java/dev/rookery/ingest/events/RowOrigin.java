package dev.rookery.ingest.events;

import dev.rookery.ingest.encoding.InvalidLines;

/** Where rows come from, as far as it changes what is made of them. */
enum RowOrigin {
    /** Requests of the Events API. */
    EVENTS(Values.BY_PATH, InvalidLines.QUARANTINE),
    /** Files whose rows are objects: NDJSON and Parquet. */
    JSON_FILES(Values.BY_PATH, InvalidLines.COUNT),
    /** Files whose rows are texts: CSV, which needs no JSONPaths (JP-16). */
    TEXT_FILES(Values.BY_NAME, InvalidLines.COUNT);

    /** How a column's value is found. */
    enum Values {
        BY_PATH,
        BY_NAME
    }

    private final Values naming;
    private final InvalidLines invalidLines;

    RowOrigin(Values naming, InvalidLines invalidLines) {
        this.naming = naming;
        this.invalidLines = invalidLines;
    }

    Values naming() {
        return naming;
    }

    InvalidLines invalidLines() {
        return invalidLines;
    }
}
