package dev.rookery.ingest.files;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.rookery.access.Access;
import dev.rookery.access.Action;
import dev.rookery.access.Caller;
import dev.rookery.access.web.ApiException;
import dev.rookery.catalog.snapshot.DatasourceEntry;
import dev.rookery.catalog.snapshot.WorkspaceSnapshot;
import dev.rookery.catalog.snapshot.WorkspaceSnapshots;
import dev.rookery.ingest.events.BlockIntake;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code POST /v0/datasources}: rows of files (DS-1 to DS-9). */
@RestController
final class DatasourcesController {
    private static final int LONGEST_KEY = 200;

    private final WorkspaceSnapshots workspaces;
    private final BlockIntake intake;
    private final FileLimits limits;
    private final RowFiles files;
    private final Uploads uploads;
    private final Imports imports;

    DatasourcesController(
            WorkspaceSnapshots workspaces,
            BlockIntake intake,
            FileLimits limits,
            RowFiles files,
            Uploads uploads,
            Imports imports) {
        this.workspaces = workspaces;
        this.intake = intake;
        this.limits = limits;
        this.files = files;
        this.uploads = uploads;
        this.imports = imports;
    }

    @PostMapping("/v0/datasources")
    ResponseEntity<?> load(
            @AuthenticationPrincipal Caller caller, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (!(caller instanceof Caller.Tenant tenant)) {
            throw ApiException.forbidden("A user token belongs to no workspace; use a token of the workspace");
        }
        LoadParameters parameters = LoadParameters.ofQuery(request);
        Optional<Payload> payload = Upload.find(request, parameters);
        LoadRequest asked = LoadRequest.of(parameters);
        WorkspaceSnapshot workspace = workspaces.get(tenant.workspace());
        DatasourceEntry entry = find(tenant, workspace, asked);
        intake.requireUnrestricted(entry.id());
        limits.take(workspace, response);
        if (asked.url().isPresent()) {
            CsvDialect dialect = CsvDialect.of(parameters, Upload.charset(null));
            return json(
                    HttpStatus.OK,
                    imports.ofUrl(workspace, entry, asked, asked.url().get(), dialect, request));
        }
        Payload file = payload.orElseThrow(
                () -> ApiException.badRequest(
                        "There is no file: send it as the part 'csv' of a multipart/form-data body, as the body itself, or as 'url'"));
        try (InputStream bytes = file.bytes()) {
            CsvDialect dialect = CsvDialect.of(parameters, file.charset());
            OpenFile open = open(workspace, asked, file, bytes, request.getContentLengthLong());
            String importId = UuidCreator.getTimeOrderedEpoch().toString();
            var destinations = new Destinations(workspaces, intake, workspace, entry, open.format(), importId);
            InputStream lines = files.lines(
                    open,
                    dialect,
                    destinations.layout(),
                    workspace.place().cluster(),
                    limits.upload(workspace, open.format(), file.multipart()).unpacked());
            try (lines) {
                if (asked.mode() == LoadMode.REPLACE) {
                    return json(HttpStatus.OK, imports.ofUpload(workspace, entry, asked, destinations, lines, request));
                }
                Uploads.Appended appended =
                        uploads.append(destinations, lines, idempotencyKey(request.getHeader("Idempotency-Key")));
                return json(
                        appended.stored() ? HttpStatus.OK : HttpStatus.ACCEPTED,
                        AppendAnswer.of(importId, entry, open.format(), appended));
            }
        } catch (IOException e) {
            throw Uploads.unreadable(e);
        }
    }

    private OpenFile open(WorkspaceSnapshot workspace, LoadRequest asked, Payload file, InputStream bytes, long length)
            throws IOException {
        long text = limits.upload(workspace, FileFormat.CSV, file.multipart()).sent();
        if (!file.multipart() && length > text) {
            throw SizeLimit.tooLarge(text, "The request body");
        }
        OpenFile open = OpenFile.of(bytes, asked.format(), file.fileName(), text);
        if (open.format() != FileFormat.PARQUET) {
            return open;
        }
        return open.atMost(
                limits.upload(workspace, FileFormat.PARQUET, file.multipart()).sent());
    }

    /** A caller who may not write learns nothing about which data sources there are. */
    private static DatasourceEntry find(Caller.Tenant tenant, WorkspaceSnapshot workspace, LoadRequest asked) {
        Optional<DatasourceEntry> found = workspace.live().datasource(asked.name());
        String name = found.map(DatasourceEntry::name).orElse(asked.name());
        var needed = new Access(
                tenant, asked.mode() == LoadMode.REPLACE ? Action.MANAGE_RESOURCES : Action.APPEND_DATASOURCE, name);
        boolean maker = asked.mode() == LoadMode.CREATE
                && Access.to(tenant, Action.CREATE_DATASOURCE).allowed();
        if (!maker) {
            needed.require();
        }
        return found.orElseThrow(LoadRequest::deploymentsOnly);
    }

    private static Optional<String> idempotencyKey(@Nullable String header) {
        if (header == null || header.isBlank()) {
            return Optional.empty();
        }
        if (header.length() > LONGEST_KEY) {
            throw ApiException.badRequest("The header 'Idempotency-Key' is longer than 200 characters");
        }
        return Optional.of(header.strip());
    }

    private static ResponseEntity<?> json(HttpStatus status, Object body) {
        return ResponseEntity.status(status)
                .contentType(MediaType.APPLICATION_JSON)
                .body(body);
    }
}
