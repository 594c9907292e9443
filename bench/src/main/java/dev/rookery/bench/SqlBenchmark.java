package dev.rookery.bench;

import dev.rookery.sql.RewrittenSql;
import dev.rookery.sql.SqlAnalyzer;
import dev.rookery.sql.SqlRewriter;
import dev.rookery.sql.SqlStatement;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
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

/** What is done to the SQL of every request, as a whole and in parts. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
public class SqlBenchmark {

    private SqlStatement analysed = SqlAnalyzer.analyze("SELECT 1");
    private SqlStatement last = analysed;
    private final Map<String, Boolean> confirmed = new HashMap<>();

    /** Prepares the parts and confirms the shape, as the first request of a shape does. */
    @Setup(Level.Trial)
    public void prepare() {
        analysed = SqlAnalyzer.analyze(DashboardQuery.SQL);
        last = SqlRewriter.rewrite(analysed, DashboardQuery::physical).analysis();
        confirmed.put(last.shape(), true);
    }

    /** Analysis, rewriting, the analysis of the result, and the look-up of its shape. */
    @Benchmark
    public @Nullable Boolean all() {
        var statement = SqlAnalyzer.analyze(DashboardQuery.SQL);
        RewrittenSql rewritten = SqlRewriter.rewrite(statement, DashboardQuery::physical);
        return confirmed.get(rewritten.analysis().shape());
    }

    /** The analysis alone. */
    @Benchmark
    public SqlStatement analyse() {
        return SqlAnalyzer.analyze(DashboardQuery.SQL);
    }

    /** The rewriting alone. */
    @Benchmark
    public RewrittenSql rewrite() {
        return SqlRewriter.rewrite(analysed, DashboardQuery::physical);
    }

    /** The look-up of the shape alone. */
    @Benchmark
    public @Nullable Boolean shape() {
        return confirmed.get(last.shape());
    }
}
