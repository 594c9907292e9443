package dev.rookery.ingest.files;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A web server with files, on a free port of this machine. Thread safe. */
final class FileServer implements AutoCloseable {
    private final HttpServer server;
    private final Map<String, byte[]> files = new ConcurrentHashMap<>();
    private final Map<String, String> redirects = new ConcurrentHashMap<>();
    private final Map<String, Integer> statuses = new ConcurrentHashMap<>();
    private final Map<String, String> etags = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> asked = new ConcurrentHashMap<>();
    /** By path: where its next answer breaks off. */
    private final Map<String, Integer> breaks = new ConcurrentHashMap<>();

    private FileServer(HttpServer server) {
        this.server = server;
    }

    static FileServer start() throws IOException {
        HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
        var files = new FileServer(http);
        http.createContext("/", files::answer);
        http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        http.start();
        return files;
    }

    String url(String path) {
        return "http://127.0.0.1:%d%s".formatted(server.getAddress().getPort(), path);
    }

    void put(String path, String content) {
        put(path, content.getBytes(StandardCharsets.UTF_8));
    }

    void put(String path, byte[] content) {
        files.put(path, content);
    }

    void etag(String path, String etag) {
        etags.put(path, etag);
    }

    void redirect(String path, String to) {
        redirects.put(path, to);
    }

    void status(String path, int status) {
        statuses.put(path, status);
    }

    /** The next answer ends after so many bytes. */
    void breakOnceAt(String path, int bytes) {
        breaks.put(path, bytes);
    }

    int asked(String path) {
        return asked.getOrDefault(path, new AtomicInteger()).get();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        asked.computeIfAbsent(path, _ -> new AtomicInteger()).incrementAndGet();
        try (exchange) {
            String redirect = redirects.get(path);
            if (redirect != null) {
                exchange.getResponseHeaders().add("Location", redirect);
                exchange.sendResponseHeaders(302, -1);
                return;
            }
            byte[] content = files.get(path);
            Integer status = statuses.get(path);
            if (content == null || status != null) {
                exchange.sendResponseHeaders(status == null ? 404 : status, -1);
                return;
            }
            String etag = etags.get(path);
            if (etag != null) {
                exchange.getResponseHeaders().add("ETag", etag);
            }
            exchange.sendResponseHeaders(200, content.length);
            Integer end = breaks.remove(path);
            exchange.getResponseBody().write(content, 0, end == null ? content.length : end);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
