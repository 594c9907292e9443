package dev.rookery.standalone.demo;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A {@code multipart/form-data} body of files, as the SDKs send a project (client-contract 2.1).
 *
 * @param boundary must not occur in any part
 */
record MultipartBody(String boundary, List<Part> parts) {
    /** The {@code Content-Type} header's value. */
    String contentType() {
        return "multipart/form-data; boundary=" + boundary;
    }

    BodyPublisher publisher() {
        return BodyPublishers.ofByteArray(bytes());
    }

    byte[] bytes() {
        var out = new ByteArrayOutputStream();
        for (var part : parts) {
            out.writeBytes(part.head(boundary).getBytes(StandardCharsets.UTF_8));
            out.writeBytes(part.content());
            out.writeBytes("\r\n".getBytes(StandardCharsets.UTF_8));
        }
        out.writeBytes(("--" + boundary + "--\r\n").getBytes(StandardCharsets.UTF_8));
        return out.toByteArray();
    }

    /** One file. */
    @SuppressWarnings("ArrayRecordComponent") // parts are written, never compared
    record Part(String field, String fileName, byte[] content) {
        private String head(String boundary) {
            return "--%s\r\nContent-Disposition: form-data; name=\"%s\"; filename=\"%s\"\r\nContent-Type: text/plain\r\n\r\n"
                    .formatted(boundary, escape(field), escape(fileName));
        }

        /** As browsers do it; a raw quote or line end would end the header. */
        private static String escape(String value) {
            return value.replace("\"", "%22").replace("\r", "%0D").replace("\n", "%0A");
        }
    }
}
