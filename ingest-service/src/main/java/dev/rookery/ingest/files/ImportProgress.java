package dev.rookery.ingest.files;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.rookery.ingest.files.AppendAnswer.SourceName;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** What clients read of an import besides the fields of every job (DS-9, QU-16). */
record ImportProgress(
        String importId,
        String mode,
        SourceName datasource,
        long quarantineRows,
        long invalidLines,
        @Nullable Statistics statistics,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Double progressPercentage) {
    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();

    record Statistics(long bytes, long rowCount) {}

    static ImportProgress none(String importId, LoadMode mode, SourceName datasource) {
        return new ImportProgress(importId, mode.text(), datasource, 0, 0, null, null);
    }

    /**
     * @param read bytes of the file
     * @param length of the file, or -1
     */
    ImportProgress at(Totals totals, long read, long length) {
        Double percentage = length <= 0 ? null : Double.valueOf(Math.round(1000.0 * read / length) / 10.0);
        return new ImportProgress(
                importId,
                mode,
                datasource,
                totals.quarantined(),
                totals.invalid(),
                new Statistics(totals.bytes(), totals.rows()),
                percentage);
    }

    String json() {
        return JSON.writeValueAsString(this);
    }

    static ImportProgress parse(String json) {
        return JSON.readValue(json, ImportProgress.class);
    }
}
