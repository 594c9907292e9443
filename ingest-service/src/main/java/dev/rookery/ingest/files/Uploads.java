package dev.rookery.ingest.files;

import dev.rookery.access.web.ApiException;
import dev.rookery.catalog.CatalogException;
import dev.rookery.ingest.encoding.EncodeCounts;
import dev.rookery.ingest.events.BlockIntake;
import dev.rookery.ingest.events.BlockIntake.Taken;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipException;
import org.springframework.http.HttpStatus;

/** Appends the rows of an upload while it arrives. Thread safe. */
final class Uploads {
    private final BlockIntake intake;
    private final FilesProperties settings;

    Uploads(BlockIntake intake, FilesProperties settings) {
        this.intake = intake;
        this.settings = settings;
    }

    /**
     * What became of an upload.
     *
     * @param blocks in order
     * @param stored whether all of it is in ClickHouse; otherwise it will be
     */
    record Appended(Totals totals, List<EncodeCounts> blocks, boolean stored) {}

    /**
     * Returns when all rows are in ClickHouse, or safe on their way there.
     *
     * @param key the client's name of the request, under which it may be sent again
     * @throws ApiException when the upload cannot be read to its end, or Kafka or ClickHouse do not keep up; the message
     *     says how many rows are stored
     */
    Appended append(Destinations destinations, InputStream lines, Optional<String> key) {
        Totals totals = Totals.NONE;
        List<EncodeCounts> blocks = new ArrayList<>();
        boolean stored = true;
        try {
            var input = new BlockInput(lines, settings.block().toBytes());
            while (input.next()) {
                if (!stored) {
                    throw new ApiException(
                                    HttpStatus.SERVICE_UNAVAILABLE,
                                    "The database is too slow at the moment to take the rest of the file")
                            .withHeader("Retry-After", "30");
                }
                long number = totals.blocks();
                Taken taken = intake.take(
                        destinations.next(),
                        input,
                        key.map(name -> number == 0 ? name : name + ":" + number)
                                .orElse(null));
                totals = totals.plus(taken.counts());
                blocks.add(taken.counts());
                stored = intake.awaitStored(destinations.source(), taken, settings.storedWithin());
            }
            return new Appended(totals, blocks, stored);
        } catch (ApiException e) {
            throw withRows(e, totals);
        } catch (CatalogException e) {
            throw withRows(new ApiException(HttpStatus.SERVICE_UNAVAILABLE, String.valueOf(e.getMessage()), e), totals);
        } catch (IOException e) {
            throw withRows(unreadable(e), totals);
        }
    }

    /** What a file that cannot be read to its end is answered with. */
    static ApiException unreadable(IOException e) {
        boolean compression = e instanceof ZipException
                || e instanceof EOFException
                || e.getClass().getName().startsWith("com.github.luben.zstd");
        return new ApiException(
                HttpStatus.BAD_REQUEST,
                compression
                        ? "The file is not complete, or its compression is damaged"
                        : "The file did not arrive to its end",
                e);
    }

    private static ApiException withRows(ApiException e, Totals totals) {
        if (totals.blocks() == 0) {
            return e;
        }
        var told = new ApiException(
                e.status(),
                "%s. Of the file's beginning %d rows are stored, and %d are in quarantine"
                        .formatted(e.publicMessage(), totals.rows(), totals.quarantined()),
                e);
        for (var header : e.headers().entrySet()) {
            told = told.withHeader(header.getKey(), header.getValue());
        }
        return told;
    }
}
