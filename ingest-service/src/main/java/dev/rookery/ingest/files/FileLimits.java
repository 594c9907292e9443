package dev.rookery.ingest.files;

import dev.rookery.access.web.ApiException;
import dev.rookery.catalog.snapshot.WorkspaceSnapshot;
import dev.rookery.limits.Limit;
import dev.rookery.limits.OrganizationLimits;
import dev.rookery.limits.PlanLimits;
import dev.rookery.limits.rates.Rate;
import dev.rookery.limits.rates.RateLimiter;
import dev.rookery.limits.rates.Verdict;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import org.springframework.http.HttpStatus;

/** What the plan says of files: how many, and how large (DS-25 to DS-28). Thread safe. */
final class FileLimits {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final OrganizationLimits limits;
    private final RateLimiter rates;
    private final FilesProperties settings;

    FileLimits(OrganizationLimits limits, RateLimiter rates, FilesProperties settings) {
        this.limits = limits;
        this.rates = rates;
        this.settings = settings;
    }

    /**
     * Sizes of a request's file, in bytes.
     *
     * @param sent as it is sent, compressed or not
     * @param unpacked without its compression
     */
    record Sizes(long sent, long unpacked) {}

    /**
     * Counts a file against the quota that all of a workspace's share (DS-27).
     *
     * @throws ApiException 429 with Retry-After when there were too many
     */
    void take(WorkspaceSnapshot workspace, HttpServletResponse response) {
        OptionalLong quota = limits.of(workspace.organization()).get(Limit.LOADS_PER_MINUTE);
        if (quota.isEmpty()) {
            return;
        }
        long most = quota.getAsLong();
        if (most < 1) {
            throw ApiException.forbidden("The plan of this organization allows no files");
        }
        Verdict verdict = rates.take("loads:" + workspace.id().value(), new Rate(most, most, MINUTE));
        if (verdict.allowed()) {
            verdict.headers().forEach(response::setHeader);
            return;
        }
        var refused = new ApiException(
                HttpStatus.TOO_MANY_REQUESTS,
                "More than %d files per minute for this workspace; append less often, with more rows in each file, or send events"
                        .formatted(most));
        for (Map.Entry<String, String> header : verdict.headers().entrySet()) {
            refused = refused.withHeader(header.getKey(), header.getValue());
        }
        throw refused;
    }

    /** Of a file that is uploaded. */
    Sizes upload(WorkspaceSnapshot workspace, FileFormat format, boolean multipart) {
        PlanLimits plan = limits.of(workspace.organization());
        Limit limit = !multipart
                ? Limit.UPLOAD_BODY
                : format == FileFormat.PARQUET ? Limit.UPLOAD_PARQUET : Limit.UPLOAD_TEXT;
        return new Sizes(plan.get(limit).orElse(Long.MAX_VALUE), unpacked(plan, format));
    }

    /** Of a file behind a URL. */
    Sizes remote(WorkspaceSnapshot workspace, FileFormat format) {
        long unpacked = unpacked(limits.of(workspace.organization()), format);
        return new Sizes(unpacked, unpacked);
    }

    private long unpacked(PlanLimits plan, FileFormat format) {
        return format == FileFormat.PARQUET
                ? Math.min(
                        plan.get(Limit.FILE_PARQUET).orElse(Long.MAX_VALUE),
                        settings.maxParquet().toBytes())
                : plan.get(Limit.FILE).orElse(settings.maxFile().toBytes());
    }
}
