package dev.rookery.ingest.files;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A file whose format is known: by the client's word, its name, or its first bytes. One thread.
 *
 * @param sent the bytes as they come, counted
 * @param content the same without compression
 */
record OpenFile(FileFormat format, SizeLimit sent, BufferedInputStream content) {
    /**
     * @param asked the format that the client names
     * @param sentLimit of the bytes as they come, of any format
     */
    static OpenFile of(InputStream bytes, Optional<FileFormat> asked, @Nullable String fileName, long sentLimit)
            throws IOException {
        var sent = new SizeLimit(bytes, sentLimit, "The file");
        BufferedInputStream content = Unpacked.of(sent);
        byte[] head = Upload.head(content);
        FileFormat format = FileFormat.isParquet(head)
                ? FileFormat.PARQUET
                : asked.or(() -> FileFormat.ofName(fileName)).orElseGet(() -> FileFormat.ofContent(head));
        return new OpenFile(format, sent, content);
    }

    /** The same, with less allowed. */
    OpenFile atMost(long limit) {
        sent.lower(limit);
        return this;
    }
}
