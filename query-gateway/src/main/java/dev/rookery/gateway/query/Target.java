package dev.rookery.gateway.query;

import dev.rookery.catalog.snapshot.DatasourceEntry;
import dev.rookery.catalog.snapshot.PipeEntry;
import dev.rookery.catalog.snapshot.SharedDatasource;
import dev.rookery.datafile.PipeNode;

/** What a name in a statement stands for. */
sealed interface Target {
    /** A node within the pipe at hand. */
    record Node(CompiledPipe pipe, PipeNode node) implements Target {}

    /** Another pipe's result. */
    record Pipe(PipeEntry entry) implements Target {}

    /** A physical table of the workspace: the rows of a data source, or those of its quarantine. */
    record Table(String table, DatasourceEntry datasource) implements Target {}

    /** A data source of another workspace (SHR-1). */
    record SharedTable(SharedDatasource datasource) implements Target {}

    /** The quarantine of a data source that has had no bad row yet. */
    record EmptyQuarantine(DatasourceEntry datasource) implements Target {}

    /** What ClickHouse may read as it is written. */
    record AsItIs() implements Target {}
}
