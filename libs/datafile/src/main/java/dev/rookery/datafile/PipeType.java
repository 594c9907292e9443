package dev.rookery.datafile;

/** What a pipe's result becomes (DFP-6). */
public enum PipeType {
    /** Nothing: a pipe for other pipes to read (PIPE-3). */
    GENERIC,
    ENDPOINT,
    MATERIALIZED,
    COPY,
    SINK
}
