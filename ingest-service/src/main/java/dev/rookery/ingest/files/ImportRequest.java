package dev.rookery.ingest.files;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.rookery.access.web.ApiException;
import java.nio.charset.Charset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/**
 * What an import is to do, as the job's request. {@code mode}, {@code datasource}, {@code replaceCondition}, {@code scratch},
 * {@code importId}, {@code rows} and {@code quarantineRows} are also what the handler of the task {@code replace} reads.
 *
 * @param scratch the table that a replace's rows are collected in; null before there is one
 * @param loaded whether the scratch table holds all of them
 * @param source where the file is; null for an upload, whose rows are collected already
 * @param state how far it has come; null at the beginning
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ImportRequest(
        String mode,
        String datasource,
        @Nullable String replaceCondition,
        String importId,
        @Nullable String scratch,
        boolean loaded,
        long rows,
        long quarantineRows,
        @Nullable Source source,
        @Nullable ImportState state) {
    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();

    /**
     * Where the file is and how it is read.
     *
     * @param keyId of the key that the URL is sealed with
     * @param sealedUrl URLs often hold keys of their own
     * @param format as the client names it
     */
    record Source(
            String keyId,
            byte[] sealedUrl,
            @Nullable String format,
            char delimiter,
            @Nullable Character escape,
            @Nullable String newLine) {
        CsvDialect dialect(@Nullable String contentType) {
            return new CsvDialect(delimiter, escape, newLine, charset(contentType));
        }

        /** Servers name charsets that there are not; the file counts as UTF-8 then. */
        private static Charset charset(@Nullable String contentType) {
            try {
                return Upload.charset(contentType);
            } catch (ApiException unknown) {
                return Upload.charset(null);
            }
        }

        Optional<FileFormat> asked() {
            return Optional.ofNullable(format).map(FileFormat::parse);
        }
    }

    static ImportRequest parse(String json) {
        return JSON.readValue(json, ImportRequest.class);
    }

    String json() {
        return JSON.writeValueAsString(this);
    }

    boolean isReplace() {
        return mode.equals(LoadMode.REPLACE.text());
    }

    ImportRequest with(ImportState newState) {
        return new ImportRequest(
                mode,
                datasource,
                replaceCondition,
                importId,
                scratch,
                loaded,
                newState.totals().rows(),
                newState.totals().quarantined(),
                source,
                newState);
    }

    /** A replace that begins anew, in a table of its own. */
    ImportRequest into(String newScratch) {
        return new ImportRequest(mode, datasource, replaceCondition, importId, newScratch, false, 0, 0, source, state);
    }

    /** All rows are collected; where they came from does not matter any more. */
    ImportRequest collected(Totals totals) {
        return new ImportRequest(
                mode,
                datasource,
                replaceCondition,
                importId,
                scratch,
                true,
                totals.rows(),
                totals.quarantined(),
                null,
                null);
    }
}
