package dev.rookery.ingest.files;

import dev.rookery.access.web.ApiException;
import dev.rookery.catalog.ClusterId;
import dev.rookery.catalog.WorkspaceId;
import dev.rookery.catalog.clusters.ClusterPurpose;
import dev.rookery.catalog.deployments.PhysicalObject;
import dev.rookery.catalog.deployments.ResourceStore;
import dev.rookery.catalog.deployments.ScratchStore;
import dev.rookery.catalog.snapshot.DatasourceEntry;
import dev.rookery.catalog.snapshot.WorkspaceSnapshot;
import dev.rookery.clickhouse.ClickHouseException;
import dev.rookery.clickhouse.ClickHouseRequest;
import dev.rookery.clickhouse.ClusterConnections;
import dev.rookery.clickhouse.Sql;
import dev.rookery.ingest.events.BlockIntake;
import dev.rookery.ingest.events.BlockIntake.Taken;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Consumer;
import org.springframework.http.HttpStatus;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Tables that collect the rows of a replace: of the live table's making, but without its views. One is used by one attempt
 * only: a statement of an attempt that was killed may still be running, and must not reach the rows of the next (ALGORITHMS.md
 * 2). They are announced like every table, and dropped by the control-plane when no unfinished job names them. Thread safe.
 */
final class ScratchTables {
    private final ResourceStore resources;
    private final ScratchStore announced;
    private final TransactionOperations transaction;
    private final ClusterConnections clickHouse;
    private final BlockIntake intake;
    private final FilesProperties settings;

    ScratchTables(
            ResourceStore resources,
            ScratchStore announced,
            TransactionOperations transaction,
            ClusterConnections clickHouse,
            BlockIntake intake,
            FilesProperties settings) {
        this.resources = resources;
        this.announced = announced;
        this.transaction = transaction;
        this.clickHouse = clickHouse;
        this.intake = intake;
        this.settings = settings;
    }

    /** A table that collects. */
    record Scratch(WorkspaceId workspace, ClusterId cluster, String database, PhysicalObject object) {
        String name() {
            return object.name();
        }
    }

    /**
     * Makes an empty one.
     *
     * @param naming receives its name in the transaction that announces it, for whoever must be known to use it
     * @throws ApiException 503 when ClickHouse does not create it
     */
    Scratch create(WorkspaceSnapshot workspace, DatasourceEntry entry, Consumer<String> naming) {
        PhysicalObject object = transaction.execute(_ -> {
            PhysicalObject made = resources.announce(workspace.id(), entry.id(), PhysicalObject.Kind.TABLE);
            naming.accept(made.name());
            return made;
        });
        String database = workspace.place().database();
        try {
            clickHouse.text(
                    workspace.place().cluster(),
                    ClusterPurpose.ADMIN,
                    ClickHouseRequest.of("CREATE TABLE IF NOT EXISTS %s AS %s"
                            .formatted(Sql.table(database, object.name()), Sql.table(database, entry.table()))));
        } catch (ClickHouseException e) {
            throw ScratchWriter.unavailable(e);
        }
        return new Scratch(workspace.id(), workspace.place().cluster(), database, object);
    }

    /**
     * Collects the rows that fit; the others go into the quarantine.
     *
     * @param key of the blocks of rows that do not fit, so that another attempt does not store them again
     * @throws ApiException when the file cannot be read to its end, or ClickHouse takes no rows
     */
    Totals fill(Scratch scratch, Destinations destinations, InputStream lines, String key) {
        Totals totals = Totals.NONE;
        try {
            var input = new BlockInput(lines, settings.block().toBytes());
            while (input.next()) {
                totals = totals.plus(block(scratch, destinations, input, key, totals.blocks())
                        .counts());
            }
            return totals;
        } catch (IOException e) {
            throw Uploads.unreadable(e);
        }
    }

    /** Collects one block. */
    Taken block(Scratch scratch, Destinations destinations, InputStream block, String key, long number)
            throws IOException {
        var writer = new ScratchWriter(clickHouse, scratch, "%s:%d".formatted(scratch.name(), number));
        Taken taken = intake.divide(destinations.next(), block, "%s:quarantine:%d".formatted(key, number), writer::add);
        writer.finish();
        return taken;
    }

    /** Gives a table up that nobody will use. */
    void retire(WorkspaceId workspace, String name) {
        transaction.executeWithoutResult(_ -> announced.retire(workspace, name));
    }

    /** @throws ApiException 409 when nobody was known to use the table, and it was given up meanwhile */
    void requireKept(Scratch scratch) {
        if (!announced.keep(scratch.workspace(), scratch.name())) {
            throw new ApiException(
                    HttpStatus.CONFLICT,
                    "A deployment went live while the file was read; nothing was replaced, send it again");
        }
    }
}
