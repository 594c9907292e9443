package dev.rookery.ingest.files;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The answer of {@code POST /v0/analyze} (DS-18). */
record AnalysisAnswer(
        Analysis analysis, Preview preview, @Nullable Dialect dialect) {
    /**
     * @param schema on one line, as a SCHEMA takes it
     * @param datafile ready to be put into a project (SI-8)
     */
    record Analysis(List<Column> columns, String schema, String datafile) {}

    /**
     * @param path where its values are; null for CSV
     * @param presentPct values per row: 1 when every row has one, more for arrays of several
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Column(@Nullable String path, String recommendedType, double presentPct, String name) {}

    record Preview(List<Meta> meta, List<Map<String, @Nullable Object>> data, int rows, Statistics statistics) {}

    record Meta(String name, String type) {}

    record Statistics(double elapsed, long rowsRead, long bytesRead) {}

    record Dialect(String delimiter, boolean hasHeader, String encoding) {}
}
