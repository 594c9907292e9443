/**
 * Files: {@code POST /v0/datasources} and {@code POST /v0/analyze} (DS, SI).
 *
 * <p>Whatever a file is, its rows become lines of JSON objects ({@code RowLines}) and go through the same encoder as
 * events, so that a value has one outcome by every path. Lines are cut into blocks by their bytes alone ({@code
 * BlockInput}): block n of a file is the same on every attempt. The next block is sent when the one before it is in
 * ClickHouse, so that a large file never has more than one block before its neighbours' rows.
 *
 * <p>What comes from a URL is a job ({@code ImportJob}); its state is in its request, as {@link
 * dev.rookery.ingest.files.ImportState} says. What replaces rows goes into a scratch table ({@code ScratchTables}), and the
 * job is handed over to the control-plane then.
 *
 * <p><b>High risk:</b> {@code AddressRules} and {@code GuardedClient}, which are all that keeps a tenant's URL away from the
 * operator's network; {@code BlockInput} and {@code ImportState}, which an import's exactly-once rests on.
 */
@NullMarked
package dev.rookery.ingest.files;

import org.jspecify.annotations.NullMarked;
