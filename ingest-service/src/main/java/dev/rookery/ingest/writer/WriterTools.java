package dev.rookery.ingest.writer;

import dev.rookery.catalog.ingestion.BarrierDesk;
import dev.rookery.catalog.ingestion.LaneStore;
import dev.rookery.catalog.ingestion.WritePlans;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;

/**
 * What the partitions of a cluster share.
 *
 * @param cyclePermits how many inserts of main cycles may run at once (ALGORITHMS.md 11: with more, intervals stretch)
 * @param budget how many of them may begin in a second
 * @param lanePermits the same for lanes: those who are behind never take a place of those who are not
 */
record WriterTools(
        LaneStore lanes,
        WritePlans plans,
        BarrierDesk barriers,
        ChunkInserter inserter,
        ClusterProbe cluster,
        LaneReaders readers,
        Repeats.Lookback lookback,
        CommitNotices notices,
        Semaphore cyclePermits,
        InsertBudget budget,
        Semaphore lanePermits,
        ExecutorService threads,
        WriterProperties settings) {}
