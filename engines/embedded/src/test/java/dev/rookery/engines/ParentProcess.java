package dev.rookery.engines;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** A JVM of its own that starts all engines of a directory, stores a mark in each and holds them until it is killed. */
record ParentProcess(Process process) implements AutoCloseable {
    static ParentProcess startingEnginesIn(Path directory) throws IOException {
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName(),
                        directory.toString()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        var parent = new ParentProcess(process);
        var reader = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String line = reader.readLine();
        if (!"STARTED".equals(line)) {
            parent.close();
            throw new IllegalStateException("the engines did not start: " + line);
        }
        return parent;
    }

    /** It and all engines. */
    List<ProcessHandle> tree() {
        return Processes.tree(process.pid());
    }

    @Override
    public void close() {
        tree().forEach(ProcessHandle::destroyForcibly);
    }

    /** What the other JVM runs. */
    static final class Holder {
        private Holder() {}

        public static void main(String[] arguments) throws Exception {
            try (var engines =
                    Engines.start(EngineSettings.in(Path.of(arguments[0])).withPorts(TestPorts.any()))) {
                for (Engine engine : engines.all().values()) {
                    Mark.in(engine).set();
                }
                System.out.println("STARTED");
                // Its parent never writes: this waits for the kill.
                System.exit(System.in.read() + engines.all().size());
            } catch (EngineException e) {
                System.out.println(e.getMessage());
            }
        }
    }
}
