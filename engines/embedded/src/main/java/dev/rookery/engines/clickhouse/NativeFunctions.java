package dev.rookery.engines.clickhouse;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;

/** Functions of the C library and of others, by name. */
@SuppressWarnings("restricted") // calling native code is what this process is for
final class NativeFunctions {
    private static final Linker LINKER = Linker.nativeLinker();

    private NativeFunctions() {}

    static MethodHandle ofSystem(String name, FunctionDescriptor type) {
        return function(LINKER.defaultLookup(), name, type);
    }

    static MethodHandle function(SymbolLookup symbols, String name, FunctionDescriptor type) {
        return LINKER.downcallHandle(
                symbols.find(name)
                        .orElseThrow(() -> new IllegalStateException("the function " + name + " does not exist")),
                type);
    }
}
