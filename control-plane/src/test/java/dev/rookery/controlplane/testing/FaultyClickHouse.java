package dev.rookery.controlplane.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.rookery.catalog.ClusterId;
import dev.rookery.catalog.changes.ChangeLog;
import dev.rookery.catalog.clusters.ClusterCredential;
import dev.rookery.catalog.clusters.ClusterPurpose;
import dev.rookery.catalog.clusters.ClusterStore;
import dev.rookery.engines.Credentials;
import dev.rookery.engines.clickhouse.ClickHouseConnection;
import dev.rookery.engines.testing.TestEngines;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.function.Predicate;

/** The shared ClickHouse behind a proxy that breaks connections as told, as the cluster of one tenant. */
public final class FaultyClickHouse implements AutoCloseable {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final HttpServer server;
    private final URI real = TestEngines.clickHouse().http();
    private volatile Predicate<String> failing = statement -> false;
    private volatile Predicate<String> unanswered = statement -> false;

    private FaultyClickHouse() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::forward);
        server.start();
    }

    /** Puts the proxy before the tenant's ClickHouse. */
    public static FaultyClickHouse before(Tenant tenant) {
        try {
            var faulty = new FaultyClickHouse();
            faulty.serve(tenant);
            return faulty;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** From now on statements like this get no answer. */
    public void failOn(Predicate<String> statements) {
        failing = statements;
    }

    /**
     * The next statement like this is not answered, and those after it are.
     *
     * @param reaches whether ClickHouse runs it all the same
     * @return done once that has happened
     */
    public CountDownLatch breakOnce(Predicate<String> statements, boolean reaches) {
        var happened = new CountDownLatch(1);
        Predicate<String> first = statement -> {
            if (happened.getCount() == 1 && statements.test(statement)) {
                happened.countDown();
                return true;
            }
            return false;
        };
        if (reaches) {
            unanswered = first;
        } else {
            failing = first;
        }
        return happened;
    }

    public void heal() {
        failing = statement -> false;
        unanswered = statement -> false;
    }

    @Override
    public void close() {
        heal();
        server.stop(0);
    }

    private void serve(Tenant tenant) {
        var plane = ControlPlane.shared();
        ClickHouseConnection clickHouse = TestEngines.clickHouse();
        plane.bean(ChangeLog.class).commitAndAwait(() -> {
            var clusters = plane.bean(ClusterStore.class);
            String name = "faulty-" + UUID.randomUUID().toString().substring(0, 8);
            ClusterId cluster = clusters.putSingle(
                    name,
                    URI.create("http://127.0.0.1:" + server.getAddress().getPort()),
                    OptionalInt.of(clickHouse.rolePool()));
            put(clusters, cluster, ClusterPurpose.ADMIN, clickHouse.users().admin());
            put(clusters, cluster, ClusterPurpose.WRITER, clickHouse.users().writer());
            put(clusters, cluster, ClusterPurpose.GATEWAY, clickHouse.users().gateway());
            plane.jdbc()
                    .sql("update clusters set state = 'closed' where id = :id")
                    .param("id", cluster.value())
                    .update();
            return plane.jdbc()
                    .sql("update workspaces set cluster_id = :cluster where id = :id")
                    .param("cluster", cluster.value())
                    .param("id", tenant.id().value())
                    .update();
        });
        plane.writer(tenant.place().cluster());
    }

    private static void put(ClusterStore clusters, ClusterId cluster, ClusterPurpose purpose, Credentials login) {
        clusters.putCredential(cluster, purpose, new ClusterCredential(login.user(), login.password()));
    }

    private void forward(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            String statement = new String(body, StandardCharsets.UTF_8);
            if (failing.test(statement)) {
                return;
            }
            HttpResponse<byte[]> answer = CLIENT.send(
                    HttpRequest.newBuilder(real.resolve(exchange.getRequestURI().toString()))
                            .header(
                                    "Authorization",
                                    exchange.getRequestHeaders().getFirst("Authorization"))
                            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofByteArray());
            if (unanswered.test(statement)) {
                return;
            }
            answer.headers().map().forEach((name, values) -> {
                if (name.toLowerCase(java.util.Locale.ROOT).startsWith("x-clickhouse")) {
                    exchange.getResponseHeaders().put(name, values);
                }
            });
            exchange.sendResponseHeaders(answer.statusCode(), answer.body().length == 0 ? -1 : answer.body().length);
            exchange.getResponseBody().write(answer.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
