package dev.rookery.bench;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Runs benchmarks and prints what the README's table holds: medians, promised figures, and ratios within this run. */
public final class Benchmarks {

    private Benchmarks() {}

    /**
     * Runs the benchmarks that match a pattern.
     *
     * @param arguments the pattern, which all names match that contain it
     */
    public static void main(String[] arguments) throws RunnerException {
        Collection<RunResult> results = new Runner(new OptionsBuilder()
                        .include(arguments.length == 0 ? "dev.rookery.bench" : arguments[0])
                        .shouldFailOnError(true)
                        .build())
                .run();
        Map<String, Double> medians = new HashMap<>();
        for (RunResult result : results) {
            String name = result.getParams().getBenchmark();
            String length = result.getParams().getParam("length");
            medians.put(
                    name.substring(name.indexOf("bench.") + 6) + (length == null ? "" : " " + length),
                    result.getPrimaryResult().getStatistics().getPercentile(50));
        }
        medians.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(entry -> print("%-44s %12.2f us".formatted(entry.getKey(), entry.getValue())));
        promised(medians, "TemplateBenchmark.render", 10);
        promised(medians, "SqlBenchmark.all", 50);
        promised(medians, "SqlBenchmark.shape", 2);
        // 250 MB a second.
        promised(medians, "ingest.EncodingBenchmark.encode", 4_000);
        ratio(medians, "TemplateBenchmark.render", "TemplateBenchmark.peerStringFormat", 1);
        ratio(medians, "SqlBenchmark.all", "ClickHouseParserBenchmark.peerExplainAst", 1);
        ratio(medians, "ingest.EncodingBenchmark.encode", "ingest.EncodingBenchmark.peerJacksonTree", 1);
        ratio(medians, "ingest.EncodingBenchmark.encode", "ingest.EncodingBenchmark.peerClickHouseTenfold", 0.1);
        ratio(medians, "SqlLengthBenchmark.all 16384", "SqlLengthBenchmark.all 2048", 16384 / 2048.0);
        ratio(medians, "SqlLengthBenchmark.all 131072", "SqlLengthBenchmark.all 2048", 131072 / 2048.0);
        ratio(medians, "SqlLengthBenchmark.all 1000000", "SqlLengthBenchmark.all 2048", 1_000_000 / 2048.0);
    }

    private static void promised(Map<String, Double> medians, String name, double limit) {
        Double median = medians.get(name);
        if (median != null) {
            print("%s: %.2f us of %.0f us, %s".formatted(name, median, limit, median <= limit ? "kept" : "MISSED"));
        }
    }

    /** Prints one median as a multiple of another, with the multiple that equal work per unit would give. */
    private static void ratio(Map<String, Double> medians, String name, String peer, double even) {
        Double median = medians.get(name);
        Double other = medians.get(peer);
        if (median != null && other != null) {
            print("%s is %.2f times %s (even: %.2f)".formatted(name, median / other, peer, even));
        }
    }

    @SuppressWarnings("SystemOut") // A command's answer to whoever runs it.
    private static void print(String line) {
        System.out.println(line);
    }
}
