/**
 * The writer: from Kafka into ClickHouse, every record exactly once (ALGORITHMS.md A). A role of its own.
 *
 * <h2>State table</h2>
 *
 * The committed offset and its metadata are the whole journal of a partition; nothing else survives a writer.
 *
 * <table>
 *   <caption>What the journal says, what may be in ClickHouse, and what whoever reads it does</caption>
 *   <tr><th>offset</th><th>metadata</th><th>stored</th><th>next step</th></tr>
 *   <tr><td>none</td><td></td><td>nothing</td><td>start at the first offset of the partition</td></tr>
 *   <tr><td>from</td><td>{@code v1}</td><td>all below from, nothing else</td><td>collect, then write an intent</td></tr>
 *   <tr><td>from</td><td>{@code v1;to=T}</td><td>all below from, any chunks of [from, T)</td>
 *       <td>form the chunks of exactly [from, T) again and send each under its token</td></tr>
 * </table>
 *
 * <h2>Invariants</h2>
 *
 * <ul>
 *   <li>No insert before its intent is committed. Breaking it lets another cut of the records follow a crash, under other
 *       tokens: rows are stored twice.
 *   <li>The chunks of [from, T) are a function of the log's bytes and of {@code ChunkPlanner}'s constants alone. Limits
 *       are part of the journal's version: changing them needs {@code v2}, with {@code v1} kept for journals found.
 *   <li>A retry sends the same bytes under the same token, as one block: what ClickHouse would cut it would deduplicate
 *       by parts.
 *   <li>Nothing is skipped, except for tables that the catalog says are gone.
 * </ul>
 *
 * High risk: {@code PartitionFlow}, {@code FlushJournal}, {@code ChunkPlanner}, {@code ChunkInserter}.
 */
@NullMarked
package dev.rookery.ingest.writer;

import org.jspecify.annotations.NullMarked;
