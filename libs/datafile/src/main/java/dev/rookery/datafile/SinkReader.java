package dev.rookery.datafile;

import dev.rookery.datafile.SinkTarget.Compression;
import dev.rookery.datafile.SinkTarget.Format;
import dev.rookery.datafile.SinkTarget.Strategy;
import java.util.List;
import java.util.Map;

/** Reads where a sink writes (SNK-3, SNK-4, SS-9 to SS-11). */
final class SinkReader {

    private static final Map<String, Format> FORMATS =
            Map.of("csv", Format.CSV, "ndjson", Format.NDJSON, "json", Format.JSON, "parquet", Format.PARQUET);

    private static final Map<String, Compression> COMPRESSIONS = Map.ofEntries(
            Map.entry("none", Compression.NONE),
            Map.entry("gz", Compression.GZ),
            Map.entry("gzip", Compression.GZ),
            Map.entry("br", Compression.BR),
            Map.entry("brotli", Compression.BR),
            Map.entry("xz", Compression.XZ),
            Map.entry("zst", Compression.ZST),
            Map.entry("zstd", Compression.ZST),
            Map.entry("snappy", Compression.SNAPPY),
            Map.entry("lz4", Compression.LZ4),
            Map.entry("lzo", Compression.LZO));

    private static final Map<String, Strategy> STRATEGIES = Map.of(
            "create_new", Strategy.CREATE_NEW,
            "@new", Strategy.CREATE_NEW,
            "new", Strategy.CREATE_NEW,
            "append", Strategy.CREATE_NEW,
            "replace", Strategy.REPLACE,
            "@replace", Strategy.REPLACE,
            "truncate", Strategy.REPLACE);

    private SinkReader() {}

    static SinkTarget target(Fields fields, Position at, Problems problems) {
        var format = fields.choice("EXPORT_FORMAT", FORMATS);
        var strategy = fields.choice("EXPORT_STRATEGY", STRATEGIES);
        var topic = fields.text("EXPORT_KAFKA_TOPIC");
        if (topic == null) {
            return new SinkTarget.Files(
                    fields.required(
                            "EXPORT_BUCKET_URI", "such as s3://bucket/path, or EXPORT_KAFKA_TOPIC for a topic", at),
                    fields.required("EXPORT_FILE_TEMPLATE", "with the file names", at),
                    format,
                    fields.choice("EXPORT_COMPRESSION", COMPRESSIONS),
                    strategy);
        }
        var ofFiles = List.of("EXPORT_BUCKET_URI", "EXPORT_FILE_TEMPLATE", "EXPORT_COMPRESSION");
        for (var other : fields.present(ofFiles)) {
            problems.error(other.at(), other.name() + " goes with files; this sink writes to EXPORT_KAFKA_TOPIC");
        }
        return new SinkTarget.Kafka(topic, format, strategy);
    }
}
