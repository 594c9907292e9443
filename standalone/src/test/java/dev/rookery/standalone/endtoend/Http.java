package dev.rookery.standalone.endtoend;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/** A client as applications have one. */
public final class Http {
    static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final String BOUNDARY = "----project-8a51c3";

    private Http() {}

    static HttpRequest.Builder request(URI base, String pathAndQuery, String token) {
        return HttpRequest.newBuilder(base.resolve(pathAndQuery))
                .timeout(Duration.ofSeconds(90))
                .header("Authorization", "Bearer " + token);
    }

    public static Reply get(URI base, String pathAndQuery, String token) {
        return send(request(base, pathAndQuery, token));
    }

    public static Reply post(URI base, String pathAndQuery, String token, String body) {
        return send(request(base, pathAndQuery, token).POST(BodyPublishers.ofString(body)));
    }

    static Reply method(String method, URI base, String pathAndQuery, String token) {
        return send(request(base, pathAndQuery, token).method(method, BodyPublishers.noBody()));
    }

    /** A project as clients upload it (client-contract.md 2.1). */
    static Reply upload(URI base, String pathAndQuery, String token, Map<String, String> files) {
        StringBuilder body = new StringBuilder();
        files.forEach((name, text) -> body.append("--%s\r\n".formatted(BOUNDARY))
                .append("Content-Disposition: form-data; name=\"data_project://\"; filename=\"%s\"\r\n".formatted(name))
                .append("Content-Type: text/plain\r\n\r\n")
                .append(text)
                .append("\r\n"));
        return send(multipart(request(base, pathAndQuery, token))
                .POST(BodyPublishers.ofString(
                        body.append("--%s--\r\n".formatted(BOUNDARY)).toString())));
    }

    static HttpRequest.Builder multipart(HttpRequest.Builder request) {
        return request.header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY);
    }

    static Reply send(HttpRequest.Builder request) {
        try {
            HttpResponse<byte[]> response = CLIENT.send(request.build(), BodyHandlers.ofByteArray());
            return new Reply(
                    response.statusCode(), response.headers(), new String(response.body(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
