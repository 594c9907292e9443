/**
 * What writers, direct writers and the control-plane agree on about the rows that arrive: lanes, write plans and barriers
 * (ALGORITHMS.md A5 and B). <b>High risk</b>: {@code LaneStore}, {@code Barriers}, {@code BarrierDesk}, {@code
 * BarrierRelease}.
 *
 * <h2>State table of a barrier</h2>
 *
 * <table>
 *   <caption>The barrier's row, what holds, and who moves it on</caption>
 *   <tr><th>state</th><th>what holds</th><th>who moves it on, and whereto</th></tr>
 *   <tr><td>asked</td><td>every writer reports a boundary b of each source at its next chance, and stores nothing of the
 *       source from b on; direct writers begin no new chunk</td>
 *       <td>the coordinator: begun, when every registered partition of the cluster has reported and no direct chunk is
 *       listed; undone, when its patience ends. Any writer: undone, when the lease has run out</td></tr>
 *   <tr><td>begun</td><td>every row below b is stored and none from b on, until the barrier ends</td>
 *       <td>the coordinator, or who takes over when the lease has run out: done. Never undone</td></tr>
 *   <tr><td>done</td><td>plan v+1 applies from b on, and each source goes on in lanes that start at b</td><td></td></tr>
 *   <tr><td>undone</td><td>plan v goes on; each source goes on in lanes that start at b</td><td></td></tr>
 * </table>
 *
 * <h2>State table of a lane</h2>
 *
 * <table>
 *   <caption>The lane's row, what may be in ClickHouse, and what whoever reads it does</caption>
 *   <tr><th>attempt_to</th><th>barrier</th><th>stored of the source</th><th>next step</th></tr>
 *   <tr><td>null</td><td>null</td><td>all below next, nothing else</td>
 *       <td>where next is the partition's committed offset: delete it. Otherwise record attempt_to, then insert</td></tr>
 *   <tr><td>T</td><td>null</td><td>all below next, any chunks of [next, T)</td>
 *       <td>form the chunks of exactly [next, T) and send each under its token; then next = T, attempt_to = null</td></tr>
 *   <tr><td>null</td><td>set</td><td>all below next, nothing else</td><td>wait for the barrier's end</td></tr>
 * </table>
 *
 * <h2>Invariants</h2>
 *
 * <ul>
 *   <li>A partition's lanes are changed under the lease of its newest writer, or by a barrier's end. A writer that has
 *       lost the partition is refused: it would report boundaries that are not true.
 *   <li>A source with a lane is left out of the main cycle from the cycle that opened it to the one that finds
 *       next = from. A lane is deleted there only, with the journal at that offset: earlier, a repeated cycle would
 *       store its rows again under other tokens.
 *   <li>No attempt without its recorded end (I3). No chunk begins below a plan's start and ends at or above it, for a
 *       plan starts where a lane starts (I2).
 *   <li>While a source has a lane in one partition, its other partitions and direct writers begin nothing new (I4).
 * </ul>
 *
 * <h2>How to use a barrier</h2>
 *
 * <pre>
 * barriers.run(new BarrierRequest(workspace, cluster, sources, "truncate", payload), Duration.ofSeconds(20),
 *     new CriticalSection() {
 *         public void work(Cut cut) { … CREATE TABLE IF NOT EXISTS … }
 *         public void commit(Cut cut, PlanChanges plans) {
 *             … swap the catalog's pointers …
 *             plans.put(source, writePlans.current(source).redirected(oldTable, newTable));
 *         }
 *     });
 * </pre>
 *
 * and, on a schedule: {@code barriers.abandoned().forEach(it -> barriers.finish(it, sectionOf(it.kind(), it.payload())))}.
 */
package dev.rookery.catalog.ingestion;
