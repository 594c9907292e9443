package dev.rookery.ingest.files;

import dev.rookery.ingest.files.RemoteFile.Version;
import org.jspecify.annotations.Nullable;

/**
 * How far an import has come, recorded before and after each block.
 *
 * <p>Block {@code totals.blocks()} is the next one. Before it is sent, {@code doubtSince} is set; once it is acknowledged,
 * the totals grow and the doubt ends, in one write. A successor that finds a doubt sends the block again under the same key,
 * and the writer drops what is stored of it already. That holds for ten minutes of the log's time; a doubt that is older
 * ends the import.
 *
 * @param version the file's, as it was first seen
 * @param layout the columns it is read for
 * @param totals of the blocks that are stored
 * @param digest of the lines of these blocks: what is read again must be the same
 * @param doubtSince when the sending of the next block began, in milliseconds of the epoch; null between blocks
 */
record ImportState(
        Version version,
        String layout,
        Totals totals,
        long digest,
        @Nullable Long doubtSince) {
    ImportState sending(long now) {
        return new ImportState(version, layout, totals, digest, doubtSince == null ? Long.valueOf(now) : doubtSince);
    }

    ImportState stored(Totals more, long newDigest) {
        return new ImportState(version, layout, more, newDigest, null);
    }
}
