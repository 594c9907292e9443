package dev.rookery.standalone.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The part of the API that the demo calls, keeping rows in memory; answers can be scripted ahead of it. */
final class FakePlatform implements AutoCloseable {
    static final String TOKEN = "p.admin";

    private final JsonMapper json = new JsonMapper();
    private final HttpServer server;
    private final Map<String, List<JsonNode>> rows = new TreeMap<>();
    private final Map<String, Deque<Answer>> scripted = new TreeMap<>();
    private final List<String> requests = new ArrayList<>();
    private String deployedBody = "";
    private boolean live;
    private int polls;

    FakePlatform() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        server.createContext("/", this::handle);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    URI url() {
        return URI.create("http://localhost:" + server.getAddress().getPort() + "/");
    }

    /** The next request to this method and path gets this answer instead of the usual one. */
    synchronized void script(String methodAndPath, Answer answer) {
        scripted.computeIfAbsent(methodAndPath, key -> new ArrayDeque<>()).add(answer);
    }

    synchronized void store(String dataSource, String ndjson) {
        ndjson.lines().forEach(line -> stored(dataSource).add(json.readTree(line)));
    }

    synchronized List<JsonNode> rows(String dataSource) {
        return List.copyOf(stored(dataSource));
    }

    /** Method, path and query of every request so far. */
    synchronized List<String> requests() {
        return List.copyOf(requests);
    }

    synchronized String deployedBody() {
        return deployedBody;
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private synchronized void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var uri = exchange.getRequestURI();
            var call = exchange.getRequestMethod() + " " + uri.getPath();
            requests.add(exchange.getRequestMethod() + " " + uri);
            var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            var queue = scripted.getOrDefault(call, new ArrayDeque<>());
            var authorised =
                    ("Bearer " + TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"));
            var answer = !authorised
                    ? new Answer(403, "{\"error\":\"invalid token\"}")
                    : queue.isEmpty() ? answer(call, uri, body) : queue.remove();
            answer.headers().forEach(exchange.getResponseHeaders()::set);
            var bytes = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private Answer answer(String call, URI uri, String body) {
        return switch (call) {
            case "GET /v1/deployments" ->
                new Answer(200, "{\"deployments\":[{\"id\":\"0\",\"status\":\"data_ready\",\"live\":true}]}");
            case "POST /v1/deploy" -> deploy(body);
            case "GET /v1/deployments/1" -> new Answer(200, "{\"deployment\":" + deployment() + "}");
            case "POST /v1/deployments/1/set-live" -> {
                live = true;
                yield new Answer(200, "{}");
            }
            case "POST /v0/events" -> events(parameter(uri, "name"), parameter(uri, "wait"), body);
            case "GET /v0/sql" -> new Answer(200, sql(parameter(uri, "q")));
            default ->
                call.startsWith("GET /v0/pipes/")
                        ? new Answer(200, """
                            {"meta":[{"name":"name","type":"String"},{"name":"n","type":"UInt64"}],
                             "data":[{"name":"Ada","n":12},{"name":"Bob","n":3}],"rows":2}""")
                        : new Answer(404, "{\"error\":\"no such route\"}");
        };
    }

    private Answer deploy(String body) {
        if (live && body.length() == deployedBody.length()) {
            return new Answer(200, "{\"result\":\"no_changes\"}");
        }
        deployedBody = body;
        return new Answer(200, "{\"result\":\"success\",\"deployment\":" + deployment() + "}");
    }

    private String deployment() {
        var status = polls++ < 2 ? "creating_schema" : "data_ready";
        return """
                {"id":"1","status":"%s","live":%s,"errors":[],"feedback":[],"new_datasource_names":["git_commits"]}""".formatted(status, live);
    }

    private Answer events(String dataSource, String wait, String body) {
        var before = stored(dataSource).size();
        store(dataSource, body);
        var accepted = stored(dataSource).size() - before;
        return new Answer(
                wait.equals("true") ? 200 : 202, "{\"successful_rows\":%d,\"quarantined_rows\":0}".formatted(accepted));
    }

    private String sql(String query) {
        var lines = switch (query) {
            case "SELECT hash FROM git_commits FORMAT TabSeparated" -> hashes("git_commits");
            case "SELECT count() FROM git_commits FORMAT TabSeparated" ->
                Stream.of("" + stored("git_commits").size());
            case "SELECT count() FROM git_file_changes FORMAT TabSeparated" ->
                Stream.of("" + stored("git_file_changes").size());
            default -> partialCommits();
        };
        return lines.map(line -> line + "\n").collect(Collectors.joining());
    }

    private Stream<String> partialCommits() {
        var whole = hashes("git_commits").collect(Collectors.toSet());
        return hashes("git_file_changes")
                .filter(hash -> !whole.contains(hash))
                .collect(Collectors.groupingBy(hash -> hash, Collectors.counting()))
                .entrySet()
                .stream()
                .map(entry -> entry.getKey() + "\t" + entry.getValue());
    }

    private Stream<String> hashes(String dataSource) {
        return stored(dataSource).stream().map(row -> row.path("hash").asString());
    }

    private List<JsonNode> stored(String dataSource) {
        return rows.computeIfAbsent(dataSource, key -> new ArrayList<>());
    }

    private static String parameter(URI uri, String name) {
        return Stream.of(uri.getRawQuery().split("&", -1))
                .filter(pair -> pair.startsWith(name + "="))
                .map(pair -> URLDecoder.decode(pair.substring(name.length() + 1), StandardCharsets.UTF_8))
                .findFirst()
                .orElse("");
    }

    /** What a request gets. */
    record Answer(int status, String body, Map<String, String> headers) {
        Answer(int status, String body) {
            this(status, body, Map.of("Content-Type", "application/json"));
        }
    }
}
