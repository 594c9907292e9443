package dev.rookery.bench.ingest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The CPU time and memory of processes with their children, from Linux's {@code /proc}. */
final class CpuMeter {
    private static final double TICKS_PER_SECOND = 100;
    private static final int USER_TIME = 11;
    private static final int TIMES = 4;

    private final Map<String, ProcessHandle> processes = new LinkedHashMap<>();

    void add(String name, ProcessHandle process) {
        processes.put(name, process);
    }

    /** Seconds of each until now. */
    Map<String, Double> seconds() {
        Map<String, Double> seconds = new LinkedHashMap<>();
        processes.forEach((name, process) -> seconds.put(
                name,
                Stream.concat(Stream.of(process), process.descendants())
                                .mapToDouble(one -> ticks(one.pid()))
                                .sum()
                        / TICKS_PER_SECOND));
        return seconds;
    }

    /** Seconds since an earlier reading. */
    Map<String, Double> since(Map<String, Double> earlier) {
        return seconds().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        now -> now.getValue() - earlier.getOrDefault(now.getKey(), 0.0),
                        (a, _) -> a,
                        LinkedHashMap::new));
    }

    /** The most memory that a process has held, in MB; 0 when the system does not say. */
    long peakMegabytes(String name) {
        ProcessHandle process = processes.get(name);
        if (process == null) {
            throw new IllegalArgumentException(name);
        }
        return read(Path.of("/proc", Long.toString(process.pid()), "status"))
                .lines()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                .findFirst()
                .orElse(0);
    }

    /** User and system time, its own and that of children it has waited for. */
    private static long ticks(long pid) {
        String stat = read(Path.of("/proc", Long.toString(pid), "stat"));
        if (stat.isEmpty()) {
            return 0;
        }
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        long ticks = 0;
        for (int i = USER_TIME; i < USER_TIME + TIMES; i++) {
            ticks += Long.parseLong(fields[i]);
        }
        return ticks;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (NoSuchFileException ended) {
            return "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
