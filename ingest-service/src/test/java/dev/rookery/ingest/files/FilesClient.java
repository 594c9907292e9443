package dev.rookery.ingest.files;

import dev.rookery.ingest.testing.EventsClient;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client of the Data Sources API. Thread safe. */
final class FilesClient {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final EventsClient client;
    private final String token;

    FilesClient(EventsClient client, String token) {
        this.client = client;
        this.token = token;
    }

    FilesClient as(String other) {
        return new FilesClient(client, other);
    }

    /** An answer and its body as JSON. */
    record Reply(int status, JsonNode body, HttpResponse<String> response) {
        static Reply of(HttpResponse<String> response) {
            return new Reply(response.statusCode(), JSON.readTree(response.body()), response);
        }

        String error() {
            return body.path("error").asString();
        }
    }

    /** A part of a form with a file. */
    Reply part(String query, String part, String fileName, byte[] content) throws IOException, InterruptedException {
        return parts(query, "", part, fileName, content);
    }

    /** Fields before the file, each {@code name=value} on a line. */
    Reply parts(String query, String fields, String part, String fileName, byte[] content)
            throws IOException, InterruptedException {
        var body = new ByteArrayOutputStream();
        for (String field : fields.lines().toList()) {
            String[] pair = field.split("=", 2);
            body.writeBytes("--b\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n"
                    .formatted(pair[0], pair[1])
                    .getBytes(StandardCharsets.UTF_8));
        }
        body.writeBytes(
                "--b\r\nContent-Disposition: form-data; name=\"%s\"; filename=\"%s\"\r\nContent-Type: application/octet-stream\r\n\r\n"
                        .formatted(part, fileName)
                        .getBytes(StandardCharsets.UTF_8));
        body.writeBytes(content);
        body.writeBytes("\r\n--b--\r\n".getBytes(StandardCharsets.UTF_8));
        return body(query, "multipart/form-data; boundary=b", body.toByteArray());
    }

    Reply body(String query, String contentType, byte[] content) throws IOException, InterruptedException {
        return send("/v0/datasources?" + query, contentType, content);
    }

    Reply send(String pathAndQuery, String contentType, byte[] content) throws IOException, InterruptedException {
        var request = client.anonymous(pathAndQuery)
                .header("Authorization", "Bearer " + token)
                .POST(BodyPublishers.ofByteArray(content));
        if (!contentType.isEmpty()) {
            request.header("Content-Type", contentType);
        }
        return Reply.of(client.send(request));
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static byte[] gzip(byte[] content) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content);
        }
        return bytes.toByteArray();
    }
}
