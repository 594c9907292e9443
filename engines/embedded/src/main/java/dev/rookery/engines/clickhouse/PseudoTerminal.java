package dev.rookery.engines.clickhouse;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** A terminal that nobody sits at, in the place of this process's standard input. */
@SuppressWarnings("restricted") // calling native code is what this process is for
final class PseudoTerminal {
    private static final int READ_WRITE = 2;
    private static final int NO_CONTROLLING_TERMINAL =
            System.getProperty("os.name").startsWith("Mac") ? 0x20000 : 0x100;
    private static final long LONGEST_NAME_BYTES = 200;
    private static final int BUFFER_BYTES = 4096;

    private static final MethodHandle READ =
            NativeFunctions.ofSystem("read", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG));
    private static final MethodHandle WRITE =
            NativeFunctions.ofSystem("write", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG));

    private final int master;
    private final int originalInput;

    private PseudoTerminal(int master, int originalInput) {
        this.master = master;
        this.originalInput = originalInput;
    }

    static PseudoTerminal replacingStandardInput() {
        try (Arena arena = Arena.ofConfined()) {
            int original = call("dup", 0);
            int master = call("posix_openpt", READ_WRITE | NO_CONTROLLING_TERMINAL);
            call("grantpt", master);
            call("unlockpt", master);
            MemorySegment name =
                    (MemorySegment) NativeFunctions.ofSystem("ptsname", FunctionDescriptor.of(ADDRESS, JAVA_INT))
                            .invoke(master);
            String path = name.reinterpret(LONGEST_NAME_BYTES).getString(0);
            // "open" takes its mode as a variable argument, which some platforms pass differently.
            MethodHandle open = Linker.nativeLinker()
                    .downcallHandle(
                            Linker.nativeLinker().defaultLookup().findOrThrow("open"),
                            FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT),
                            Linker.Option.firstVariadicArg(2));
            int slave =
                    checked("open", (int) open.invoke(arena.allocateFrom(path), READ_WRITE | NO_CONTROLLING_TERMINAL));
            call("dup2", slave, 0);
            return new PseudoTerminal(master, original);
        } catch (Throwable e) {
            throw new IllegalStateException("no pseudo-terminal: /dev/ptmx and /dev/pts are needed", e);
        }
    }

    /** Types a text, as a person would. */
    void type(String text) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment bytes = arena.allocateFrom(text);
            long written = (long) WRITE.invoke(master, bytes, bytes.byteSize() - 1);
            if (written < bytes.byteSize() - 1) {
                throw new IllegalStateException("the terminal took only " + written + " bytes");
            }
        } catch (Throwable e) {
            throw new IllegalStateException("cannot write to the terminal", e);
        }
    }

    /** Reads and forgets what the terminal echoes, or it would fill up and block its user. */
    void drain() {
        readToEnd(master);
    }

    /** Returns when the standard input that this process was started with has ended. */
    void awaitEndOfOriginalInput() {
        readToEnd(originalInput);
    }

    private static void readToEnd(int descriptor) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment buffer = arena.allocate(BUFFER_BYTES);
            while ((long) READ.invoke(descriptor, buffer, (long) BUFFER_BYTES) > 0) {
                // Only the end matters.
            }
        } catch (Throwable e) {
            throw new IllegalStateException("cannot read", e);
        }
    }

    private static int call(String function, int... arguments) throws Throwable {
        var types = new MemoryLayout[arguments.length];
        var values = new Object[arguments.length];
        for (int i = 0; i < arguments.length; i++) {
            types[i] = JAVA_INT;
            values[i] = arguments[i];
        }
        return checked(function, (int) NativeFunctions.ofSystem(function, FunctionDescriptor.of(JAVA_INT, types))
                .invokeWithArguments(values));
    }

    private static int checked(String function, int result) {
        if (result < 0) {
            throw new IllegalStateException(function + " failed");
        }
        return result;
    }
}
