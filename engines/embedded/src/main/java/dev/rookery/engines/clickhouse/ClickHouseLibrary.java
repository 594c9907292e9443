package dev.rookery.engines.clickhouse;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;

/** The ClickHouse program inside the shared library. It can be run once in a process. */
@SuppressWarnings("restricted") // calling native code is what this process is for
final class ClickHouseLibrary {
    private static final long LONGEST_ERROR_BYTES = 100_000;

    private final Arena arena = Arena.global();
    private final SymbolLookup symbols;

    ClickHouseLibrary(Path file) {
        symbols = SymbolLookup.libraryLookup(file, arena);
    }

    /** Runs the program with a command line, and returns when it ends. What it complains about goes to standard error. */
    void run(String... commandLine) {
        try {
            // The JVM's own handlers for SIGTERM and SIGSEGV must stay in place.
            function("chdb_set_signal_handlers_enabled", FunctionDescriptor.ofVoid(JAVA_INT))
                    .invoke(0);
            MemorySegment argv = arena.allocate(ADDRESS, commandLine.length + 1L);
            for (int i = 0; i < commandLine.length; i++) {
                argv.setAtIndex(ADDRESS, i, arena.allocateFrom(commandLine[i]));
            }
            MemorySegment result =
                    (MemorySegment) function("chdb_query_cmdline", FunctionDescriptor.of(ADDRESS, JAVA_INT, ADDRESS))
                            .invoke(commandLine.length, argv);
            MemorySegment error = (MemorySegment) function("chdb_result_error", FunctionDescriptor.of(ADDRESS, ADDRESS))
                    .invoke(result);
            if (!error.equals(MemorySegment.NULL)) {
                System.err.println(error.reinterpret(LONGEST_ERROR_BYTES).getString(0));
            }
        } catch (Throwable e) {
            throw new IllegalStateException("the ClickHouse library could not be called", e);
        }
    }

    private MethodHandle function(String name, FunctionDescriptor type) {
        return NativeFunctions.function(symbols, name, type);
    }
}
