package dev.rookery.ingest.files;

import dev.rookery.access.web.ApiException;
import dev.rookery.catalog.ResourceId;
import dev.rookery.catalog.jobs.Job;
import dev.rookery.catalog.jobs.JobFailedException;
import dev.rookery.catalog.jobs.JobHandler;
import dev.rookery.catalog.jobs.JobQueue;
import dev.rookery.catalog.jobs.JobStore;
import dev.rookery.catalog.snapshot.DatasourceEntry;
import dev.rookery.catalog.snapshot.WorkspaceSnapshot;
import dev.rookery.catalog.snapshot.WorkspaceSnapshots;
import dev.rookery.ingest.events.BlockIntake;
import dev.rookery.ingest.files.ImportRequest.Source;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.zip.ZipException;
import org.springframework.http.HttpStatus;
import org.springframework.transaction.support.TransactionOperations;

/** The task {@code import}: brings in what is behind a URL; what replaces rows is handed over when it is collected. */
final class ImportJob implements JobHandler {
    /** The control-plane's part of a replace. */
    private static final String REPLACE = "replace";

    private final WorkspaceSnapshots workspaces;
    private final JobStore jobs;
    private final JobQueue queue;
    private final TransactionOperations transaction;
    private final GuardedClient client;
    private final SealedUrls urls;
    private final RowFiles files;
    private final FileLimits limits;
    private final BlockIntake intake;
    private final ScratchTables scratches;
    private final InstantSource clock;
    private final FilesProperties settings;

    ImportJob(
            WorkspaceSnapshots workspaces,
            JobStore jobs,
            JobQueue queue,
            TransactionOperations transaction,
            GuardedClient client,
            SealedUrls urls,
            RowFiles files,
            FileLimits limits,
            BlockIntake intake,
            ScratchTables scratches,
            InstantSource clock,
            FilesProperties settings) {
        this.workspaces = workspaces;
        this.jobs = jobs;
        this.queue = queue;
        this.transaction = transaction;
        this.client = client;
        this.urls = urls;
        this.files = files;
        this.limits = limits;
        this.intake = intake;
        this.scratches = scratches;
        this.clock = clock;
        this.settings = settings;
    }

    @Override
    public String task() {
        return Imports.KIND;
    }

    @Override
    public void run(Job job) {
        ImportRequest request = ImportRequest.parse(job.request());
        Source source = request.source();
        if (source == null) {
            handOver(job, request);
            return;
        }
        try (RemoteFile remote = client.open(RemoteAddress.parse(urls.open(job.id(), source)))) {
            importing(job, request, source, remote);
        } catch (RefusedAddressException e) {
            throw new JobFailedException(String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    public void failed(Job job, String error) {
        // Also a table of an attempt that this one has not heard of: the request may have changed since it began.
        jobs.find(job.workspace(), job.id())
                .map(now -> ImportRequest.parse(now.request()).scratch())
                .ifPresent(scratch -> scratches.retire(job.workspace(), scratch));
    }

    private void importing(Job job, ImportRequest request, Source source, RemoteFile remote) {
        var run = new Run(job, request);
        try {
            WorkspaceSnapshot workspace = workspaces.get(job.workspace());
            DatasourceEntry entry = entry(job, workspace);
            OpenFile file = OpenFile.of(
                    remote.body(),
                    source.asked(),
                    remote.address().fileName(),
                    limits.remote(workspace, FileFormat.CSV).sent());
            FileLimits.Sizes sizes = limits.remote(workspace, file.format());
            file.atMost(sizes.sent());
            var destinations = new Destinations(
                    workspaces,
                    intake,
                    workspace,
                    entry,
                    file.format(),
                    job.id().toString());
            InputStream lines = files.lines(
                    file,
                    source.dialect(remote.contentType()),
                    destinations.layout(),
                    workspace.place().cluster(),
                    sizes.unpacked());
            try (lines) {
                if (request.isReplace()) {
                    run.collect(workspace, entry, destinations, file, lines, remote);
                } else {
                    run.append(destinations, file, lines, remote);
                }
            }
        } catch (ApiException e) {
            throw run.failure(e);
        } catch (IOException e) {
            if (e instanceof ZipException || e instanceof EOFException) {
                throw new JobFailedException(
                        run.withRows("The file is not complete, or its compression is damaged"), e);
            }
            throw new UncheckedIOException(e);
        }
    }

    private static DatasourceEntry entry(Job job, WorkspaceSnapshot workspace) {
        ResourceId source = job.resource();
        if (source == null) {
            throw new JobFailedException("The data source does not exist any more");
        }
        return workspace
                .live()
                .datasource(source.toString())
                .orElseThrow(() -> new JobFailedException("The data source does not exist any more"));
    }

    private void handOver(Job job, ImportRequest request) {
        transaction.executeWithoutResult(_ -> {
            jobs.putRequest(job.id(), request.json());
            // Where it is false the job has come to its end, or the other handler has it already.
            var _ = queue.handOver(job, REPLACE);
        });
    }

    /** One attempt. */
    private final class Run {
        private final Job job;
        private ImportRequest request;
        private ImportProgress progress;

        Run(Job job, ImportRequest request) {
            this.job = job;
            this.request = request;
            this.progress = ImportProgress.parse(job.progress());
        }

        void append(Destinations destinations, OpenFile file, InputStream lines, RemoteFile remote) throws IOException {
            var append = new ResumableAppend(
                    intake,
                    destinations,
                    job.id().toString(),
                    clock,
                    settings,
                    () -> jobs.checkCancelled(job.id()),
                    state -> record(state, file, remote));
            append.run(lines, remote.version(), request.state());
        }

        private void record(ImportState state, OpenFile file, RemoteFile remote) {
            request = request.with(state);
            progress = progress.at(
                    state.totals(), file.sent().count(), remote.version().length());
            transaction.executeWithoutResult(_ -> {
                jobs.putRequest(job.id(), request.json());
                jobs.putProgress(job.id(), progress.json());
            });
        }

        void collect(
                WorkspaceSnapshot workspace,
                DatasourceEntry entry,
                Destinations destinations,
                OpenFile file,
                InputStream lines,
                RemoteFile remote)
                throws IOException {
            ScratchTables.Scratch scratch = scratches.create(workspace, entry, name -> {
                request = request.into(name);
                jobs.putRequest(job.id(), request.json());
            });
            Totals totals = Totals.NONE;
            var input = new BlockInput(lines, settings.block().toBytes());
            while (input.next()) {
                jobs.checkCancelled(job.id());
                totals = totals.plus(scratches
                        .block(scratch, destinations, input, job.id().toString(), totals.blocks())
                        .counts());
                progress = progress.at(
                        totals, file.sent().count(), remote.version().length());
                jobs.putProgress(job.id(), progress.json());
            }
            handOver(job, request.collected(totals));
        }

        RuntimeException failure(ApiException e) {
            boolean passing = e.status().is5xxServerError() || e.status() == HttpStatus.TOO_MANY_REQUESTS;
            return passing ? e : new JobFailedException(withRows(e.publicMessage()), e);
        }

        String withRows(String message) {
            ImportState state = request.state();
            if (request.isReplace() || state == null || state.totals().blocks() == 0) {
                return message;
            }
            Totals totals = state.totals();
            return "%s. Of the file's beginning %d rows are stored, and %d are in quarantine"
                    .formatted(message, totals.rows(), totals.quarantined());
        }
    }
}
