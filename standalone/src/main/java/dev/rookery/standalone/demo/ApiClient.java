package dev.rookery.standalone.demo;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The public API with one token. A refusal for load (429, 503) is waited out as {@code Retry-After} says. */
final class ApiClient implements AutoCloseable {
    private static final int ATTEMPTS = 10;
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    /** A request with {@code wait=true} lasts until the rows are committed. */
    private static final Duration TIMEOUT = Duration.ofMinutes(2);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();
    private final JsonMapper json = new JsonMapper();
    private final String base;
    private final String token;
    private final Pause pause;

    /** @param base scheme, host and port; a slash at the end does not matter */
    ApiClient(URI base, String token, Pause pause) {
        this.base = base.toString().replaceAll("/+$", "");
        this.token = token;
        this.pause = pause;
    }

    /** The address of a path under the API. */
    String url(String path) {
        return base + path;
    }

    JsonNode get(String path) {
        return tree(send("GET", path, BodyPublishers.noBody(), null));
    }

    JsonNode delete(String path) {
        return tree(send("DELETE", path, BodyPublishers.noBody(), null));
    }

    JsonNode post(String path, BodyPublisher body, String contentType) {
        return tree(send("POST", path, body, contentType));
    }

    /** The rows of a query that ends in {@code FORMAT TabSeparated}, as text. */
    Stream<String> rows(String sql) {
        return send("GET", "/v0/sql?q=" + encode(sql), BodyPublishers.noBody(), null)
                .body()
                .lines();
    }

    static String encode(String parameter) {
        return URLEncoder.encode(parameter, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        http.close();
    }

    private HttpResponse<String> send(String method, String path, BodyPublisher body, @Nullable String contentType) {
        var builder = HttpRequest.newBuilder(URI.create(url(path)))
                .timeout(TIMEOUT)
                .header("Authorization", "Bearer " + token)
                .method(method, body);
        if (contentType != null) {
            builder.header("Content-Type", contentType);
        }
        var request = builder.build();
        for (int attempt = 1; ; attempt++) {
            var response = exchange(request);
            var busy = response.statusCode() == 429 || response.statusCode() == 503;
            if (response.statusCode() < 300) {
                return response;
            }
            if (!busy || attempt == ATTEMPTS) {
                throw new ApiError(
                        response.statusCode(), method + " " + request.uri().getPath(), reason(response.body()));
            }
            pause.of(retryAfter(response, attempt));
        }
    }

    private HttpResponse<String> exchange(HttpRequest request) {
        try {
            return http.send(request, BodyHandlers.ofString(StandardCharsets.UTF_8));
        } catch (ConnectException e) {
            throw new DemoException("nothing answers at " + base + ": is Rookery running there?", e);
        } catch (IOException e) {
            // Not tried again: the server may have stored the rows before the connection broke.
            throw new DemoException(
                    "%s %s failed: %s".formatted(request.method(), request.uri().getPath(), e.getMessage()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DemoException("interrupted", e);
        }
    }

    private static Duration retryAfter(HttpResponse<?> response, int attempt) {
        var asked = response.headers()
                .firstValue("Retry-After")
                .filter(value -> value.matches("\\d{1,6}"))
                .map(value -> Duration.ofSeconds(Long.parseLong(value)))
                .orElseGet(() -> Duration.ofMillis(250L << Math.min(attempt, 6)));
        return asked.compareTo(LONGEST_PAUSE) < 0 ? asked : LONGEST_PAUSE;
    }

    private JsonNode tree(HttpResponse<String> response) {
        try {
            return json.readTree(response.body());
        } catch (JacksonException e) {
            throw new DemoException(
                    "%s answered something that is not JSON"
                            .formatted(response.uri().getPath()),
                    e);
        }
    }

    private String reason(String body) {
        try {
            return reasons(json.readTree(body));
        } catch (JacksonException e) {
            return body.isBlank() ? "no body" : firstLine(body);
        }
    }

    /** Every reason that a refused deployment or request names, most telling first (client-contract 2.1). */
    static String reasons(JsonNode body) {
        var found = new ArrayList<String>();
        for (var holder : List.of(body.path("deployment"), body)) {
            holder.path("feedback").forEach(item -> {
                if (item.path("level").asString("").equalsIgnoreCase("ERROR")) {
                    add(found, item.path("resource"), item.path("message"));
                }
            });
            holder.path("errors").forEach(item -> add(found, item.path("filename"), item.path("error")));
        }
        if (found.isEmpty() && body.path("error").isString()) {
            found.add(body.path("error").asString());
        }
        return found.isEmpty() ? "no reason given" : firstLine(String.join("; ", found));
    }

    private static void add(List<String> found, JsonNode where, JsonNode what) {
        var place = where.asString("");
        var text = place.isEmpty() ? what.asString("") : place + ": " + what.asString("");
        if (!text.isBlank() && !found.contains(text)) {
            found.add(text);
        }
    }

    private static String firstLine(String text) {
        return text.strip().replaceAll("\\s*\\R\\s*", " ");
    }
}
