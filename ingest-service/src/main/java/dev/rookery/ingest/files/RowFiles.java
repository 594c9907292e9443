package dev.rookery.ingest.files;

import dev.rookery.catalog.ClusterId;
import dev.rookery.ingest.encoding.Layout;
import java.io.IOException;
import java.io.InputStream;

/** Opens a file's rows as lines of JSON, whatever its format. Thread safe. */
final class RowFiles {
    private final ParquetReader parquet;
    private final int maxField;

    /** @param maxField of a CSV, in characters */
    RowFiles(ParquetReader parquet, int maxField) {
        this.parquet = parquet;
        this.maxField = maxField;
    }

    /**
     * @param cluster reads what we do not read ourselves
     * @param layout which columns there are
     * @param unpackedLimit of the content, in bytes
     */
    InputStream lines(OpenFile file, CsvDialect dialect, Layout layout, ClusterId cluster, long unpackedLimit)
            throws IOException {
        var content = new SizeLimit(file.content(), unpackedLimit, "The file without its compression");
        return switch (file.format()) {
            case NDJSON -> content;
            case CSV -> new CsvLines(content, dialect, layout, maxField);
            case PARQUET -> parquet.lines(content, cluster);
        };
    }
}
