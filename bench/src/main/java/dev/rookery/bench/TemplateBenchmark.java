package dev.rookery.bench;

import dev.rookery.template.RenderRequest;
import dev.rookery.template.Template;
import java.util.Map;
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

/** Rendering one request's statement; the peer is the formatter of the JDK on the same text with the same values. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
public class TemplateBenchmark {

    private Template template = Template.compile("%", "n");
    private RenderRequest request = RenderRequest.of(Map.of());
    private String format = "";
    private Object[] arguments = {};

    /** Compiles once, and makes a format string out of the rendered text with its literals taken out. */
    @Setup(Level.Trial)
    public void prepare() {
        template = Template.compile(EndpointTemplate.SOURCE, "endpoint");
        request = RenderRequest.of(EndpointTemplate.values());
        String sql = template.render(request).sql();
        var literals = Literals.in(sql);
        format = literals.format();
        arguments = literals.values();
        if (!format.formatted(arguments).equals(sql)) {
            throw new IllegalStateException("The peer does not write the same text");
        }
    }

    /** Rendering the compiled template. */
    @Benchmark
    public String render() {
        return template.render(request).sql();
    }

    /** The peer: {@link String#format}, which escapes and checks nothing. */
    @Benchmark
    public String peerStringFormat() {
        return String.format(format, arguments);
    }

    /** Compiling, which is done once per template and not per request. */
    @Benchmark
    public Template compile() {
        return Template.compile(EndpointTemplate.SOURCE, "endpoint");
    }
}
