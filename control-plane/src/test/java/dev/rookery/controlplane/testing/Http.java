package dev.rookery.controlplane.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client of the control-plane as people and their tools have one. */
public final class Http {
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private Http() {}

    /** An answer, read to its end. */
    public record Reply(int status, String body, HttpResponse<byte[]> raw) {
        public JsonNode json() {
            return JSON.readTree(body);
        }

        /** A value below the root, such as {@code /deployment/id}. */
        public JsonNode at(String pointer) {
            return json().at(pointer);
        }

        public String text(String pointer) {
            return at(pointer).asString();
        }

        public List<String> texts(String pointer) {
            return at(pointer).valueStream().map(JsonNode::asString).toList();
        }

        public String header(String name) {
            return raw.headers().firstValue(name).orElse("");
        }

        public String error() {
            return json().path("error").asString();
        }
    }

    public static HttpRequest.Builder anonymous(String pathAndQuery) {
        return HttpRequest.newBuilder(URI.create(ControlPlane.shared().url() + pathAndQuery))
                .timeout(Duration.ofSeconds(60));
    }

    public static HttpRequest.Builder request(String pathAndQuery, String token) {
        return anonymous(pathAndQuery).header("Authorization", "Bearer " + token);
    }

    public static Reply get(String pathAndQuery, String token) {
        return send(request(pathAndQuery, token));
    }

    public static Reply post(String pathAndQuery, String token) {
        return send(request(pathAndQuery, token).POST(BodyPublishers.noBody()));
    }

    public static Reply delete(String pathAndQuery, String token) {
        return send(request(pathAndQuery, token).DELETE());
    }

    /** Sends a form with a method, without a Content-Type, as some clients do. */
    public static Reply form(String method, String pathAndQuery, String token, String form) {
        return send(request(pathAndQuery, token).method(method, BodyPublishers.ofString(form)));
    }

    public static Reply send(HttpRequest.Builder request) {
        try {
            HttpResponse<byte[]> response = CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            return new Reply(response.statusCode(), new String(response.body(), StandardCharsets.UTF_8), response);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
