package dev.rookery.bench;

import dev.rookery.engines.testing.TestEngines;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The peer of the analyser: ClickHouse's own parser, asked as a gateway asks it, which a known shape spares a request. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(value = 1, jvmArgsAppend = "--enable-native-access=ALL-UNNAMED")
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 3, time = 2)
public class ClickHouseParserBenchmark {

    private final HttpClient client = HttpClient.newHttpClient();
    private HttpRequest explain =
            HttpRequest.newBuilder(URI.create("http://127.0.0.1")).build();
    private HttpRequest nothing = explain;

    /** Starts the engine, or takes the one that is there. */
    @Setup(Level.Trial)
    public void prepare() {
        explain = request("EXPLAIN AST " + DashboardQuery.SQL);
        nothing = request("SELECT 1");
    }

    private static HttpRequest request(String sql) {
        var connection = TestEngines.clickHouse();
        return HttpRequest.newBuilder(URI.create(connection.http() + "/?default_format=TSVRaw"))
                .header("X-ClickHouse-User", connection.users().admin().user())
                .header("X-ClickHouse-Key", connection.users().admin().password())
                .POST(BodyPublishers.ofString(sql))
                .build();
    }

    /** The tree of the same statement, over HTTP. */
    @Benchmark
    public String peerExplainAst() throws IOException, InterruptedException {
        return send(explain);
    }

    /** What of that is the way there and back. */
    @Benchmark
    public String roundTrip() throws IOException, InterruptedException {
        return send(nothing);
    }

    private String send(HttpRequest request) throws IOException, InterruptedException {
        var response = client.send(request, BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IllegalStateException(response.body());
        }
        return response.body();
    }
}
