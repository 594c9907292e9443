package dev.rookery.ingest.encoding;

/** How a body is cut into rows. */
public enum BodyFormat {
    /** One JSON object per line; further objects may follow on the same line (EV-1). */
    NDJSON,
    /** {@code format=json}: one object over any number of lines, or an array of objects (EV-10). */
    JSON
}
