package dev.rookery.engines;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** The memory that processes hold, as {@code ps} tells it. */
final class ResidentMemory {
    private static final long BYTES_PER_UNIT = 1024;

    private ResidentMemory() {}

    /** The resident memory of the engines that run and of their own children, in bytes. */
    static long bytes(Collection<Engine> engines) {
        List<String> command = new ArrayList<>(List.of("ps", "-o", "rss="));
        engines.stream()
                .filter(Engine::isRunning)
                .flatMap(engine -> ProcessHandle.of(engine.pid()).stream())
                .flatMap(process -> Stream.concat(Stream.of(process), process.descendants()))
                .forEach(process -> command.addAll(List.of("-p", String.valueOf(process.pid()))));
        try {
            Process ps = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String output = new String(ps.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return output.lines()
                            .map(String::strip)
                            .filter(line -> !line.isEmpty())
                            .mapToLong(Long::parseLong)
                            .sum()
                    * BYTES_PER_UNIT;
        } catch (IOException e) {
            throw new EngineException("Cannot run 'ps': " + e.getMessage(), e);
        }
    }
}
