package dev.rookery.bench.ingest;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Clients that send one request after the other, each on a connection of its own, for a while. */
final class Clients {
    /** A prepared request. */
    record Request(byte[] head, byte[] body, int rows) {}

    /**
     * What came of it.
     *
     * @param refused requests that were not answered with a 2xx
     */
    record Sent(long requests, long rows, long bytes, long refused) {
        private Sent plus(Sent other) {
            return new Sent(requests + other.requests, rows + other.rows, bytes + other.bytes, refused + other.refused);
        }
    }

    private Clients() {}

    /**
     * Sends, and waits for the last answer.
     *
     * @param requests taken in turn; client n begins with the nth
     */
    static Sent send(URI server, int clients, Duration during, List<Request> requests)
            throws InterruptedException, ExecutionException {
        long deadline = System.nanoTime() + during.toNanos();
        List<Future<Sent>> running = new ArrayList<>();
        try (var threads = Executors.newFixedThreadPool(clients)) {
            for (int client = 0; client < clients; client++) {
                int first = client * Math.max(1, requests.size() / clients);
                running.add(threads.submit(() -> sendOne(server, first, deadline, requests)));
            }
            Sent all = new Sent(0, 0, 0, 0);
            for (Future<Sent> one : running) {
                all = all.plus(one.get());
            }
            return all;
        }
    }

    private static Sent sendOne(URI server, int first, long deadline, List<Request> requests) throws IOException {
        long sent = 0;
        long rows = 0;
        long bytes = 0;
        long refused = 0;
        try (HttpConnection connection = HttpConnection.to(server)) {
            for (int at = first; System.nanoTime() < deadline; at++) {
                Request request = requests.get(at % requests.size());
                if (connection.post(request.head(), request.body()) / 100 == 2) {
                    sent++;
                    rows += request.rows();
                    bytes += request.body().length;
                } else {
                    refused++;
                }
            }
        }
        return new Sent(sent, rows, bytes, refused);
    }
}
