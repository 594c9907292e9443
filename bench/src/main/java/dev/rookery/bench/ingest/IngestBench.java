package dev.rookery.bench.ingest;

import java.util.Map;

/** Measures the whole way in, on services and engines of its own: see the module's README. */
public final class IngestBench {
    private IngestBench() {}

    /**
     * Runs some of the benchmarks.
     *
     * @param arguments {@code throughput}, {@code requests}, {@code isolation}, or {@code all}
     */
    public static void main(String[] arguments) throws Exception {
        for (String name : arguments) {
            switch (name) {
                case "throughput" -> throughput();
                case "requests" -> requests();
                case "isolation" -> isolation();
                case "all" -> main(new String[] {"throughput", "requests", "isolation"});
                default -> throw new IllegalArgumentException("no benchmark is called " + name);
            }
        }
    }

    private static void throughput() throws Exception {
        try (var on = new Installation(6, Map.of())) {
            new Throughput(on).run();
            memory(on);
        }
    }

    private static void requests() throws Exception {
        try (var on = new Installation(6, Map.of())) {
            new SmallRequests(on).run();
            memory(on);
        }
    }

    /** One partition: everybody is everybody's neighbour. */
    private static void isolation() throws Exception {
        try (var on = new Installation(1, Map.of())) {
            new Isolation(on).run();
            memory(on);
        }
    }

    private static void memory(Installation on) {
        Report.line("ingest-service: %s, at most %d MB resident"
                .formatted(Installation.HEAP, on.cpu().peakMegabytes("ingest-service")));
    }
}
