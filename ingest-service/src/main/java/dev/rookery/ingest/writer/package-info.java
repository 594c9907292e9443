/**
 * The writer: from Kafka into ClickHouse, every record exactly once (ALGORITHMS.md A). A role of its own.
 *
 * <h2>State table</h2>
 *
 * A partition's journal is its committed offset and metadata, and the lanes of the data sources that are behind, which
 * are in Postgres ({@link dev.rookery.catalog.ingestion} has their state table and the barriers'). Nothing else survives a
 * writer.
 *
 * <table>
 *   <caption>What the journal says, what may be in ClickHouse of sources without a lane, and what whoever reads it
 *   does</caption>
 *   <tr><th>offset</th><th>metadata</th><th>stored</th><th>next step</th></tr>
 *   <tr><td>none</td><td></td><td>nothing</td><td>start at the first offset of the partition</td></tr>
 *   <tr><td>from</td><td>{@code v1}</td><td>all below from, nothing else</td><td>collect, then write an intent</td></tr>
 *   <tr><td>from</td><td>{@code v1;to=T}</td><td>all below from, any chunks of [from, T)</td>
 *       <td>form the chunks of exactly [from, T) again and send each under its token</td></tr>
 * </table>
 *
 * <table>
 *   <caption>What becomes of a data source in a cycle [from, T)</caption>
 *   <tr><th>its lane</th><th>what the cycle does</th></tr>
 *   <tr><td>none</td><td>sends its chunks; when that is refused, or fails for 2 s, or one insert takes 10 s, opens
 *       lane(next = from, attempt_to = T) and goes on. Not where the whole cluster does not answer: then it waits</td></tr>
 *   <tr><td>next = from, no attempt</td><td>deletes it and sends the chunks</td></tr>
 *   <tr><td>any other, or on hold</td><td>passes by; the lane may go up to T</td></tr>
 *   <tr><td>none here, one in another partition</td><td>opens lane(next = from) and passes by (I4)</td></tr>
 * </table>
 *
 * <h2>Invariants</h2>
 *
 * <ul>
 *   <li>I1: one token per chunk and table, for ever. The chunks of [from, T) are a function of the log's bytes and of
 *       {@code ChunkPlanner}'s constants alone; those of a data source are the same whether it is planned with others or
 *       alone, so that a lane repeats what a cycle began. Limits are part of the journal's version: changing them needs
 *       {@code v2}, with {@code v1} kept for journals found. A retry sends the same bytes under the same token, as one
 *       block: what ClickHouse would cut it would deduplicate by parts.
 *   <li>I2: what a chunk is sent to is a function of source, partition and offset.
 *   <li>I3: no insert before its intent is committed, or its lane's attempt is recorded. Breaking it lets another cut of
 *       the records follow a crash, under other tokens: rows are stored twice.
 *   <li>I4: between an attempt and its retry fewer parts enter a table than its window holds. A source that is behind is
 *       stored by its lane alone; an insert touches at most 12 partitions ({@code PartitionGroups}). Known exception: what
 *       a view makes of such an insert may touch more.
 *       A data source may be in several partitions ({@code events.Spread}): each stores its own until one of them opens a
 *       lane, then all do.
 *   <li>Nothing is skipped, except for tables that the catalog says are gone, and repeats under an idempotency key
 *       ({@code Repeats}: a function of the log alone).
 *   <li>What is in doubt is asked anew: when Postgres leaves an outcome open that matters, the partition is adopted from
 *       its journal as if by another writer.
 * </ul>
 *
 * High risk: {@code PartitionFlow}, {@code FlushJournal}, {@code ChunkPlanner}, {@code PartitionWriter}, {@code LaneRun},
 * {@code Repeats}, {@code PartitionGroups}.
 */
@NullMarked
package dev.rookery.ingest.writer;

import org.jspecify.annotations.NullMarked;
