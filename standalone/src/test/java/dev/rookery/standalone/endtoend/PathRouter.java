package dev.rookery.standalone.endtoend;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** Spreads one address over the services by path, as an ingress does. */
final class PathRouter {
    /** Belong to a connection, or are made by the client and the server here. */
    private static final Set<String> NOT_FORWARDED =
            Set.of("connection", "content-length", "date", "expect", "host", "transfer-encoding", "upgrade");

    /** Something that may happen to a request on its way. */
    interface Mishap {
        /** @return whether it is lost before it reaches the service */
        boolean losesRequest(HttpExchange exchange, byte[] body);

        /** @return whether its answer is lost */
        boolean losesAnswer(HttpExchange exchange, byte[] body);
    }

    private static final Mishap NONE = new Mishap() {
        @Override
        public boolean losesRequest(HttpExchange exchange, byte[] body) {
            return false;
        }

        @Override
        public boolean losesAnswer(HttpExchange exchange, byte[] body) {
            return false;
        }
    };

    private final Function<String, URI> serviceOf;
    private final Mishap mishap;
    private final HttpServer server;

    /** @param serviceOf the service that a path belongs to */
    PathRouter(Function<String, URI> serviceOf) {
        this(serviceOf, NONE);
    }

    PathRouter(Function<String, URI> serviceOf, Mishap mishap) {
        this.serviceOf = serviceOf;
        this.mishap = mishap;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::forward);
        server.start();
    }

    URI url() {
        return URI.create("http://localhost:" + server.getAddress().getPort());
    }

    private void forward(HttpExchange exchange) throws IOException {
        try (exchange) {
            URI asked = exchange.getRequestURI();
            byte[] body = exchange.getRequestBody().readAllBytes();
            if (mishap.losesRequest(exchange, body)) {
                return;
            }
            var request = HttpRequest.newBuilder(
                            serviceOf.apply(asked.getPath()).resolve(asked))
                    .method(
                            exchange.getRequestMethod(),
                            body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
            exchange.getRequestHeaders().forEach((name, values) -> {
                if (isForwarded(name)) {
                    values.forEach(value -> request.header(name, value));
                }
            });
            HttpResponse<byte[]> response = Http.CLIENT.send(request.build(), BodyHandlers.ofByteArray());
            if (!mishap.losesAnswer(exchange, body)) {
                answer(exchange, response);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException(e.getMessage());
        }
    }

    private static void answer(HttpExchange exchange, HttpResponse<byte[]> response) throws IOException {
        response.headers().map().forEach((name, values) -> {
            if (isForwarded(name)) {
                exchange.getResponseHeaders().put(name, values);
            }
        });
        byte[] body = response.body();
        exchange.sendResponseHeaders(response.statusCode(), body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            exchange.getResponseBody().write(body);
        }
    }

    private static boolean isForwarded(String header) {
        return !NOT_FORWARDED.contains(header.toLowerCase(Locale.ROOT));
    }
}
