package dev.rookery.ingest.files;

import dev.rookery.access.web.ApiException;
import dev.rookery.ingest.events.BlockIntake;
import dev.rookery.ingest.events.BlockIntake.Taken;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** Appends a file whose reading may be interrupted and begun anew, every row once; see {@link ImportState}. One thread. */
final class ResumableAppend {
    /** Below the ten minutes for which a repeated block is dropped, with room for sending it and for clocks that differ. */
    private static final Duration REPEATABLE = Duration.ofMinutes(7);

    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final BlockIntake intake;
    private final Destinations destinations;
    private final String importId;
    private final InstantSource clock;
    private final FilesProperties settings;
    private final Runnable checkCancelled;
    private final Consumer<ImportState> journal;

    /**
     * @param checkCancelled throws when the rest is not wanted any more
     * @param journal records how far it has come, durably
     */
    ResumableAppend(
            BlockIntake intake,
            Destinations destinations,
            String importId,
            InstantSource clock,
            FilesProperties settings,
            Runnable checkCancelled,
            Consumer<ImportState> journal) {
        this.intake = intake;
        this.destinations = destinations;
        this.importId = importId;
        this.clock = clock;
        this.settings = settings;
        this.checkCancelled = checkCancelled;
        this.journal = journal;
    }

    /**
     * Returns when all rows are stored.
     *
     * @param before where an earlier attempt was interrupted; null when there was none
     * @throws ApiException 409 when the file or the data source is not what it was, or too much time has passed
     */
    void run(InputStream lines, RemoteFile.Version version, @Nullable ImportState before) throws IOException {
        String layout = LayoutMark.of(destinations.layout());
        ImportState state = before == null ? new ImportState(version, layout, Totals.NONE, 0, null) : before;
        requireSame(state, version, layout);
        var sum = new CRC32C();
        var input = new BlockInput(lines, settings.block().toBytes());
        long number = 0;
        while (input.next()) {
            if (number < state.totals().blocks()) {
                var passed = new CheckedInputStream(input, sum);
                passed.transferTo(OutputStream.nullOutputStream());
                number++;
                if (number == state.totals().blocks() && sum.getValue() != state.digest()) {
                    throw changed();
                }
                continue;
            }
            state = block(state, new CheckedInputStream(input, sum), sum, number++);
        }
        if (number < state.totals().blocks()) {
            throw changed();
        }
        if (before != null && state.doubtSince() != null) {
            throw changed();
        }
    }

    private ImportState block(ImportState before, InputStream block, CRC32C sum, long number) throws IOException {
        awaitRoom();
        Long since = before.doubtSince();
        if (since != null && clock.millis() - since > REPEATABLE.toMillis()) {
            throw ApiException.conflict(
                    "The import was interrupted for too long while it sent a block: whether the block is stored is not known");
        }
        ImportState sending = before.sending(clock.millis());
        journal.accept(sending);
        Taken taken = intake.take(destinations.next(), block, importId + ":" + number);
        ImportState stored = sending.stored(sending.totals().plus(taken.counts()), sum.getValue());
        journal.accept(stored);
        while (!intake.awaitStored(destinations.source(), taken, settings.storedWithin())) {
            checkCancelled.run();
        }
        return stored;
    }

    /** A data source that is too far behind takes no more until it has caught up, however long that is. */
    private void awaitRoom() {
        checkCancelled.run();
        while (intake.isRestricted(destinations.source())) {
            LockSupport.parkNanos(PAUSE.toNanos());
            checkCancelled.run();
        }
    }

    private static void requireSame(ImportState state, RemoteFile.Version version, String layout) {
        if (!state.version().matches(version)) {
            throw changed();
        }
        if (!state.layout().equals(layout)) {
            throw ApiException.conflict("The data source's schema was changed while the file was read");
        }
    }

    private static ApiException changed() {
        return new ApiException(HttpStatus.CONFLICT, "The file was changed while it was imported");
    }
}
