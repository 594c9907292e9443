package dev.rookery.ingest.files;

import dev.rookery.access.web.ApiException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.tomcat.util.http.fileupload.FileItemIterator;
import org.apache.tomcat.util.http.fileupload.FileItemStream;
import org.apache.tomcat.util.http.fileupload.FileUpload;
import org.apache.tomcat.util.http.fileupload.FileUploadException;
import org.apache.tomcat.util.http.fileupload.UploadContext;
import org.jspecify.annotations.Nullable;

/**
 * Finds the file in a request, and the parameters around it, without reading the file: it may be larger than memory and disk.
 */
final class Upload {
    private static final int PEEK = 64 << 10;
    private static final int MAX_FIELD = 64 << 10;
    private static final int MAX_PARTS = 100;
    private static final Pattern CHARSET = Pattern.compile("(?i);\\s*charset\\s*=\\s*\"?([\\w.:-]+)");

    /** Parts of these names are files, also without a file name. */
    private static final Set<String> FILES = Set.of("csv", "ndjson", "parquet", "file", "data");

    private Upload() {}

    /**
     * Reads up to the file. Fields before it are added to the parameters; what comes behind it is not seen.
     *
     * @return empty when the request has no body, or the body holds parameters alone
     * @throws ApiException 400 when a multipart body is none
     */
    static Optional<Payload> find(HttpServletRequest request, LoadParameters parameters) throws IOException {
        String type = request.getContentType() == null ? "" : request.getContentType();
        String plain = type.toLowerCase(Locale.ROOT);
        if (plain.startsWith("multipart/form-data")) {
            return ofParts(request, parameters);
        }
        var body = new BufferedInputStream(request.getInputStream(), PEEK);
        byte[] head = head(body);
        if (head.length == 0) {
            return Optional.empty();
        }
        if (LoadParameters.isForm(
                new String(head, StandardCharsets.ISO_8859_1), plain.startsWith("application/x-www-form-urlencoded"))) {
            parameters.addForm(text(body));
            return Optional.empty();
        }
        return Optional.of(new Payload(body, null, charset(type), false));
    }

    private static Optional<Payload> ofParts(HttpServletRequest request, LoadParameters parameters) throws IOException {
        var upload = new FileUpload();
        upload.setFileCountMax(MAX_PARTS);
        try {
            FileItemIterator parts = upload.getItemIterator(new Parts(request));
            while (parts.hasNext()) {
                FileItemStream part = parts.next();
                String field = part.getFieldName();
                if (!part.isFormField() || FILES.contains(field)) {
                    return Optional.of(
                            new Payload(part.openStream(), part.getName(), charset(part.getContentType()), true));
                }
                try (InputStream value = part.openStream()) {
                    parameters.put(field, text(value));
                }
            }
            return Optional.empty();
        } catch (FileUploadException e) {
            throw new ApiException(
                    org.springframework.http.HttpStatus.BAD_REQUEST,
                    "The multipart body cannot be read: check its boundary and that it is complete",
                    e);
        }
    }

    /** The first bytes of a stream that can be marked, which are still there afterwards. */
    static byte[] head(BufferedInputStream in) throws IOException {
        in.mark(PEEK);
        byte[] head = in.readNBytes(1024);
        in.reset();
        return head;
    }

    private static String text(InputStream in) throws IOException {
        byte[] bytes = in.readNBytes(MAX_FIELD + 1);
        if (bytes.length > MAX_FIELD) {
            throw ApiException.tooLarge("A parameter is longer than 64 KiB");
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** @throws ApiException 400 when there is no such charset */
    static Charset charset(@Nullable String contentType) {
        Matcher charset = CHARSET.matcher(contentType == null ? "" : contentType);
        if (!charset.find()) {
            return StandardCharsets.UTF_8;
        }
        try {
            return Charset.forName(charset.group(1));
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            throw ApiException.badRequest("The charset '%s' is not known".formatted(charset.group(1)));
        }
    }

    private record Parts(HttpServletRequest request) implements UploadContext {
        @Override
        public long contentLength() {
            return request.getContentLengthLong();
        }

        @Override
        public @Nullable String getCharacterEncoding() {
            return StandardCharsets.UTF_8.name();
        }

        @Override
        public @Nullable String getContentType() {
            return request.getContentType();
        }

        @Override
        public InputStream getInputStream() throws IOException {
            return request.getInputStream();
        }
    }
}
