package dev.rookery.ingest.writer;

import dev.rookery.catalog.ingestion.BarrierDesk;
import dev.rookery.catalog.ingestion.IngestionStates;
import dev.rookery.catalog.ingestion.KeyedRequests;
import dev.rookery.catalog.ingestion.LaneStore;
import dev.rookery.catalog.ingestion.WritePlans;

/** The parts of the catalog that the writer uses. */
record WriterCatalog(
        LaneStore lanes,
        WritePlans plans,
        BarrierDesk barriers,
        IngestionStates states,
        KeyedRequests keyed,
        GoneTables gone) {}
