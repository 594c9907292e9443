package dev.rookery.ingest.events;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import dev.rookery.access.web.ApiException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.util.unit.DataSize;

/** The rows as the client sent them: decompressed, and cut off by an error where they are more than allowed. */
final class RequestBody {
    private static final int BUFFER = 64 << 10;

    private RequestBody() {}

    /** @throws ApiException 413 when the body says that it is too large, 415 when it is compressed in an unknown way */
    static InputStream open(HttpServletRequest request, DataSize limit) throws IOException {
        if (request.getContentLengthLong() > limit.toBytes()) {
            throw LimitedInputStream.tooLarge(limit);
        }
        return new LimitedInputStream(decoded(request), limit);
    }

    private static InputStream decoded(HttpServletRequest request) throws IOException {
        InputStream raw = request.getInputStream();
        String encoding = encoding(request.getHeader("Content-Encoding"));
        try {
            return switch (encoding) {
                case "identity" -> raw;
                case "gzip", "x-gzip" -> new GZIPInputStream(raw, BUFFER);
                case "zstd" -> new ZstdInputStreamNoFinalizer(raw);
                default ->
                    throw new ApiException(
                            HttpStatus.UNSUPPORTED_MEDIA_TYPE,
                            "The Content-Encoding '%s' is not supported; use gzip, zstd or none".formatted(encoding));
            };
        } catch (IOException e) {
            throw LimitedInputStream.unreadable(e);
        }
    }

    private static String encoding(@Nullable String header) {
        return header == null || header.isBlank() ? "identity" : header.strip().toLowerCase(Locale.ROOT);
    }
}
