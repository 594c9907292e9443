package dev.rookery.ingest.files;

import dev.rookery.access.web.ApiException;
import dev.rookery.catalog.ResourceId;
import dev.rookery.catalog.WorkspaceId;
import dev.rookery.catalog.snapshot.DatasourceEntry;
import dev.rookery.catalog.snapshot.WorkspaceSnapshot;
import dev.rookery.catalog.snapshot.WorkspaceSnapshots;
import dev.rookery.ingest.encoding.Layout;
import dev.rookery.ingest.events.BlockIntake;
import dev.rookery.ingest.events.BlockIntake.Destination;

/**
 * Where a file's rows go, looked up for every block: a table that a deployment has replaced takes no rows for longer than a
 * request may last. What the rows look like must not change while the file is read. One thread.
 */
final class Destinations {
    private final WorkspaceSnapshots workspaces;
    private final BlockIntake intake;
    private final WorkspaceId workspace;
    private final ResourceId source;
    private final boolean named;
    private final String importId;
    private final Layout layout;
    private Destination current;

    /** @throws ApiException 400 when the data source cannot receive such rows */
    Destinations(
            WorkspaceSnapshots workspaces,
            BlockIntake intake,
            WorkspaceSnapshot workspace,
            DatasourceEntry entry,
            FileFormat format,
            String importId) {
        this.workspaces = workspaces;
        this.intake = intake;
        this.workspace = workspace.id();
        this.source = entry.id();
        this.named = format == FileFormat.CSV;
        this.importId = importId;
        this.current = new Destination(workspace, entry, named, importId);
        this.layout = intake.layout(current);
    }

    String importId() {
        return importId;
    }

    ResourceId source() {
        return source;
    }

    /** The columns that the file is read for. */
    Layout layout() {
        return layout;
    }

    /** @throws ApiException 409 when the data source has gone, or its columns have changed, since the file was begun */
    Destination next() {
        WorkspaceSnapshot now = workspaces.get(workspace);
        DatasourceEntry entry = now.live()
                .datasource(source.toString())
                .orElseThrow(() -> ApiException.conflict("The data source was removed while the file was read"));
        boolean changed = !entry.equals(current.entry());
        current = new Destination(now, entry, named, importId);
        if (changed && !LayoutMark.of(intake.layout(current)).equals(LayoutMark.of(layout))) {
            throw ApiException.conflict("The data source's schema was changed while the file was read");
        }
        return current;
    }
}
