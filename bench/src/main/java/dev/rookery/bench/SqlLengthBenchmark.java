package dev.rookery.bench;

import dev.rookery.sql.SqlAnalyzer;
import dev.rookery.sql.SqlRewriter;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The same work on statements of growing length: the time per KB must stay the same. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(value = 1, jvmArgsAppend = "-Xmx1g")
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 3, time = 2)
public class SqlLengthBenchmark {

    /** Length of the statement in UTF-16 units. */
    @Param({"2048", "16384", "131072", "1000000"})
    public int length = 0;

    private String sql = "";

    /** Makes the statement. */
    @Setup(Level.Trial)
    public void prepare() {
        sql = DashboardQuery.ofLength(length);
    }

    /** Analysis, rewriting, the analysis of the result, and its shape. */
    @Benchmark
    public String all() {
        var statement = SqlAnalyzer.analyze(sql);
        return SqlRewriter.rewrite(statement, DashboardQuery::physical)
                .analysis()
                .shape();
    }
}
