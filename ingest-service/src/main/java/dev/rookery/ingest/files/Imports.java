package dev.rookery.ingest.files;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.rookery.access.web.ApiException;
import dev.rookery.catalog.JobId;
import dev.rookery.catalog.jobs.JobQueue;
import dev.rookery.catalog.jobs.NewJob;
import dev.rookery.catalog.snapshot.DatasourceEntry;
import dev.rookery.catalog.snapshot.WorkspaceSnapshot;
import dev.rookery.ingest.files.AppendAnswer.SourceName;
import jakarta.servlet.http.HttpServletRequest;
import java.io.InputStream;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** Begins imports: what is behind a URL, and what replaces rows (DS-4, DS-7, DS-8). Thread safe. */
final class Imports {
    /** The kind of the job, and its first task. */
    static final String KIND = "import";

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSS").withZone(ZoneOffset.UTC);

    private final JobQueue queue;
    private final TransactionOperations transaction;
    private final GuardedClient client;
    private final SealedUrls urls;
    private final ScratchTables scratches;
    private final InstantSource clock;

    Imports(
            JobQueue queue,
            TransactionOperations transaction,
            GuardedClient client,
            SealedUrls urls,
            ScratchTables scratches,
            InstantSource clock) {
        this.queue = queue;
        this.transaction = transaction;
        this.client = client;
        this.urls = urls;
        this.scratches = scratches;
        this.clock = clock;
    }

    /** The answer to a call that begins an import (DS-9). */
    record Answer(String id, String jobId, String jobUrl, State job, String status, String importId) {}

    /** The job as that answer shows it. */
    record State(
            String kind,
            String id,
            String jobId,
            String importId,
            String status,
            String createdAt,
            String updatedAt,
            @Nullable String startedAt,
            boolean isCancellable,
            @Nullable Object statistics,
            SourceName datasource,
            long quarantineRows,
            long invalidLines) {}

    /** @throws ApiException 400 when the URL is none, or leads where it may not */
    Answer ofUrl(
            WorkspaceSnapshot workspace,
            DatasourceEntry entry,
            LoadRequest asked,
            String url,
            CsvDialect dialect,
            HttpServletRequest request) {
        try {
            client.check(RemoteAddress.parse(url));
        } catch (RefusedAddressException e) {
            throw ApiException.badRequest(String.valueOf(e.getMessage()));
        }
        var id = new JobId(UuidCreator.getTimeOrderedEpoch());
        var importing = new ImportRequest(
                asked.mode().text(),
                entry.name(),
                asked.condition().orElse(null),
                id.toString(),
                null,
                false,
                0,
                0,
                urls.seal(id, url, asked, dialect),
                null);
        ImportProgress progress = ImportProgress.none(id.toString(), asked.mode(), SourceName.of(entry));
        transaction.executeWithoutResult(_ -> queue.add(id, job(workspace, entry, importing, progress)));
        return answer(id, progress, request);
    }

    /**
     * Collects an upload's rows, and has them put in the place of others.
     *
     * @throws ApiException when the upload cannot be read to its end; nothing has changed then
     */
    Answer ofUpload(
            WorkspaceSnapshot workspace,
            DatasourceEntry entry,
            LoadRequest asked,
            Destinations destinations,
            InputStream lines,
            HttpServletRequest request) {
        var id = JobId.parse(destinations.importId());
        ScratchTables.Scratch scratch = scratches.create(workspace, entry, _ -> {});
        Totals totals;
        try {
            totals = scratches.fill(scratch, destinations, lines, id.toString());
        } catch (RuntimeException e) {
            scratches.retire(workspace.id(), scratch.name());
            throw e;
        }
        var importing = new ImportRequest(
                asked.mode().text(),
                entry.name(),
                asked.condition().orElse(null),
                id.toString(),
                scratch.name(),
                true,
                totals.rows(),
                totals.quarantined(),
                null,
                null);
        ImportProgress none = ImportProgress.none(id.toString(), asked.mode(), SourceName.of(entry));
        ImportProgress progress = none.at(totals, -1, -1);
        transaction.executeWithoutResult(_ -> {
            scratches.requireKept(scratch);
            queue.add(id, job(workspace, entry, importing, progress));
        });
        return answer(id, progress, request);
    }

    private static NewJob job(
            WorkspaceSnapshot workspace, DatasourceEntry entry, ImportRequest importing, ImportProgress progress) {
        return NewJob.of(workspace.id(), KIND)
                .on(entry.id())
                .asking(importing.json())
                .showing(progress.json())
                .cancellableInTheMiddle();
    }

    private Answer answer(JobId job, ImportProgress progress, HttpServletRequest request) {
        String id = job.toString();
        Instant now = clock.instant();
        String url = ServletUriComponentsBuilder.fromContextPath(request)
                .path("/v0/jobs/{id}")
                .buildAndExpand(id)
                .toUriString();
        var state = new State(
                KIND,
                id,
                id,
                id,
                "waiting",
                TIME.format(now),
                TIME.format(now),
                null,
                true,
                progress.statistics(),
                progress.datasource(),
                progress.quarantineRows(),
                progress.invalidLines());
        return new Answer(id, id, url, state, "waiting", id);
    }
}
