package dev.rookery.ingest.encoding;

/** What becomes of a text that is no JSON object. It is counted in {@link EncodeCounts#invalidLines()} either way. */
public enum InvalidLines {
    /** Kept as a quarantined row without values, its text in {@code c__error}; counted there too. For events. */
    QUARANTINE,
    /** Only counted, as imports report them beside quarantined rows (DS-10, QU-16). */
    COUNT
}
