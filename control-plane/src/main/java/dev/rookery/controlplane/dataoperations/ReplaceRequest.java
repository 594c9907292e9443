package dev.rookery.controlplane.dataoperations;

import dev.rookery.catalog.jobs.Job;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The second half of an import with {@code mode=replace}: its rows are collected and are to be put in place.
 *
 * @param condition which rows are replaced (DS-8); null for all (DS-7)
 * @param scratch the physical table that holds the payload
 * @param rows how many there are
 * @param quarantined how many did not fit
 */
record ReplaceRequest(@Nullable String condition, String scratch, long rows, long quarantined) {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,62}");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    ReplaceRequest {
        if (!NAME.matcher(scratch).matches()) {
            throw new IllegalArgumentException("'%s' is no generated name".formatted(scratch));
        }
    }

    static ReplaceRequest of(Job job) {
        JsonNode request = JSON.readTree(job.request());
        JsonNode condition = request.path("replace_condition");
        boolean all = condition.isMissingNode()
                || condition.isNull()
                || condition.asString().isBlank();
        return new ReplaceRequest(
                all ? null : condition.asString(),
                request.path("scratch").asString(),
                request.path("rows").asLong(),
                request.path("quarantine_rows").asLong());
    }

    /** Whether all rows are replaced, whatever they are. */
    boolean isWhole() {
        return condition == null;
    }
}
