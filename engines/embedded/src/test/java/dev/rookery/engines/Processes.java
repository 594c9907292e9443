package dev.rookery.engines;

import java.util.List;
import java.util.stream.Stream;

/** Processes of this machine. */
final class Processes {
    private Processes() {}

    /** A process and all that descend from it. */
    static List<ProcessHandle> tree(long pid) {
        return ProcessHandle.of(pid).stream()
                .flatMap(process -> Stream.concat(Stream.of(process), process.descendants()))
                .toList();
    }
}
