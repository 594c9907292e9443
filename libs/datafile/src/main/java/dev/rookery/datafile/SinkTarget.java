package dev.rookery.datafile;

import org.jspecify.annotations.Nullable;

/** Where a sink writes. Text values may hold {@code {{ tb_secret(…) }}}. */
public sealed interface SinkTarget {

    /**
     * Files in object storage (SNK-3).
     *
     * @param bucketUri {@code s3://…} or {@code gs://…}, without a file name
     * @param fileTemplate the files' names (SNK-6 to SNK-8), as written
     * @param format null means {@code csv}
     * @param compression null means {@code none}
     * @param strategy null means {@link Strategy#CREATE_NEW}
     */
    record Files(
            Located<String> bucketUri,
            Located<String> fileTemplate,
            @Nullable Located<Format> format,
            @Nullable Located<Compression> compression,
            @Nullable Located<Strategy> strategy)
            implements SinkTarget {}

    /**
     * A Kafka topic (SNK-4).
     *
     * @param topic one topic
     * @param format accepted for older projects; rows are JSON objects whatever it says (KS-3)
     */
    record Kafka(
            Located<String> topic,
            @Nullable Located<Format> format,
            @Nullable Located<Strategy> strategy) implements SinkTarget {}

    /** The values of {@code EXPORT_FORMAT}. */
    enum Format {
        CSV,
        NDJSON,
        JSON,
        PARQUET
    }

    /** The values of {@code EXPORT_COMPRESSION}: wrappings of the file, and codecs inside Parquet (SS-10). */
    enum Compression {
        NONE,
        GZ,
        BR,
        XZ,
        ZST,
        SNAPPY,
        LZ4,
        LZO
    }

    /** What happens when a file of the same name exists (SNK-5). */
    enum Strategy {
        CREATE_NEW,
        REPLACE
    }
}
