package dev.rookery.controlplane.jobs;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.rookery.catalog.jobs.Job;
import dev.rookery.controlplane.ClientTime;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * A job as clients read it (client-contract.md 12).
 *
 * @param details what its handler says about it, beside the fields that every job has (JOB-5, JOB-6)
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record JobAnswer(
        String id,
        String jobId,
        String kind,
        String status,
        String createdAt,
        String updatedAt,
        @JsonInclude @Nullable String startedAt,
        String jobUrl,
        @JsonProperty("is_cancellable") boolean cancellable,
        @Nullable String deploymentId,
        @Nullable String error,
        @JsonAnyGetter Map<String, Object> details) {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

    /** @param request any of the region's API: the job's address is made from it */
    public static JobAnswer of(Job job, HttpServletRequest request) {
        String url = ServletUriComponentsBuilder.fromContextPath(request)
                .path("/v0/jobs/{id}")
                .buildAndExpand(job.id())
                .toUriString();
        return new JobAnswer(
                job.id().toString(),
                job.id().toString(),
                job.kind(),
                job.status().text(),
                ClientTime.plain(job.createdAt()),
                ClientTime.plain(job.updatedAt()),
                job.startedAt() == null ? null : ClientTime.plain(job.startedAt()),
                url,
                job.isCancellable(),
                job.deployment() == null ? null : job.deployment().toString(),
                job.error(),
                JSON.readValue(job.progress(), OBJECT));
    }
}
