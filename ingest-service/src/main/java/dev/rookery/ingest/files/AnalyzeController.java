package dev.rookery.ingest.files;

import dev.rookery.access.Access;
import dev.rookery.access.Action;
import dev.rookery.access.Caller;
import dev.rookery.access.web.ApiException;
import dev.rookery.catalog.jobs.JobFailedException;
import dev.rookery.catalog.snapshot.WorkspaceSnapshot;
import dev.rookery.catalog.snapshot.WorkspaceSnapshots;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code POST /v0/analyze}: what a data source for a file would look like (DS-17, DS-18). Nothing is stored. */
@RestController
final class AnalyzeController {
    private final WorkspaceSnapshots workspaces;
    private final FileLimits limits;
    private final GuardedClient client;
    private final Analyzer analyzer;

    AnalyzeController(WorkspaceSnapshots workspaces, FileLimits limits, GuardedClient client, Analyzer analyzer) {
        this.workspaces = workspaces;
        this.limits = limits;
        this.client = client;
        this.analyzer = analyzer;
    }

    @PostMapping("/v0/analyze")
    AnalysisAnswer analyze(@AuthenticationPrincipal Caller caller, HttpServletRequest request) {
        if (!(caller instanceof Caller.Tenant tenant)) {
            throw ApiException.forbidden("A user token belongs to no workspace; use a token of the workspace");
        }
        Access.to(tenant, Action.CREATE_DATASOURCE).require();
        WorkspaceSnapshot workspace = workspaces.get(tenant.workspace());
        LoadParameters parameters = LoadParameters.ofQuery(request);
        try {
            Optional<Payload> payload = Upload.find(request, parameters);
            Optional<String> url = parameters.find("url");
            if (url.isPresent()) {
                return remote(workspace, parameters, RemoteAddress.parse(url.get()));
            }
            Payload file = payload.orElseThrow(
                    () -> ApiException.badRequest(
                            "There is no file: send it as the part 'file' of a multipart/form-data body, as the body itself, or as 'url'"));
            try (InputStream bytes = file.bytes()) {
                OpenFile open = open(workspace, parameters, bytes, file.fileName(), file.multipart());
                return analyzer.analyze(
                        open,
                        CsvDialect.of(parameters, file.charset()),
                        parameters.findExact("dialect_delimiter").isEmpty(),
                        workspace.place().cluster(),
                        file.fileName());
            }
        } catch (RefusedAddressException | JobFailedException e) {
            throw ApiException.badRequest(String.valueOf(e.getMessage()));
        } catch (UncheckedIOException e) {
            throw Uploads.unreadable(new IOException(e));
        } catch (IOException e) {
            throw Uploads.unreadable(e);
        }
    }

    private AnalysisAnswer remote(WorkspaceSnapshot workspace, LoadParameters parameters, RemoteAddress address)
            throws IOException {
        try (RemoteFile file = client.open(address)) {
            OpenFile open =
                    open(workspace, parameters, file.body(), file.address().fileName(), true);
            return analyzer.analyze(
                    open,
                    CsvDialect.of(parameters, Upload.charset(null)),
                    parameters.findExact("dialect_delimiter").isEmpty(),
                    workspace.place().cluster(),
                    address.toString());
        }
    }

    private OpenFile open(
            WorkspaceSnapshot workspace,
            LoadParameters parameters,
            InputStream bytes,
            @Nullable String name,
            boolean multipart)
            throws IOException {
        long limit = limits.upload(workspace, FileFormat.CSV, multipart).sent();
        OpenFile open = OpenFile.of(bytes, parameters.find("format").map(FileFormat::parse), name, limit);
        return open.format() == FileFormat.PARQUET
                ? open.atMost(limits.upload(workspace, FileFormat.PARQUET, true).sent())
                : open;
    }
}
