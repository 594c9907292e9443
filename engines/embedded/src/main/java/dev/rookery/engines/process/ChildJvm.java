package dev.rookery.engines.process;

import dev.rookery.engines.EngineException;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.CodeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Children that are Java programs with a class path of their own. */
public final class ChildJvm {
    private static final List<String> COMMON_OPTIONS = List.of(
            "-XX:+UseSerialGC",
            "-XX:-UsePerfData",
            "-Xshare:auto",
            "-XX:+ExitOnOutOfMemoryError",
            "-Djava.awt.headless=true");

    private ChildJvm() {}

    /**
     * The class path of a module that wrote its dependencies down when it was built.
     *
     * @param main the child's main class
     * @param resource the resource with the dependencies' class path
     */
    public static String classPath(Class<?> main, String resource) {
        try (InputStream in = main.getResourceAsStream(resource)) {
            if (in == null) {
                throw new EngineException("The resource " + resource + " is missing: build the project with Maven.");
            }
            return codeSource(main)
                    + File.pathSeparator
                    + new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The directory or jar that a class was loaded from. */
    public static Path codeSource(Class<?> type) {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        try {
            return Path.of(source.getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new EngineException("Cannot tell where " + type.getName() + " was loaded from.", e);
        }
    }

    /**
     * A launch of a Java program on this JVM's own Java.
     *
     * @param main the program
     * @param classPath its class path
     * @param options JVM options such as the heap's size
     * @param arguments the program's arguments; never a password
     * @param settings written to the program's standard input as {@code key=value} lines and an empty line
     */
    public static Launch launch(
            Class<?> main,
            String classPath,
            List<String> options,
            List<String> arguments,
            Map<String, String> settings) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(COMMON_OPTIONS);
        command.addAll(options);
        command.add("-cp");
        command.add(classPath);
        command.add(main.getName());
        command.addAll(arguments);
        return new Launch(command, Map.of(), lines(settings));
    }

    /**
     * Waits for the line READY.
     *
     * @return false when the child ended, said something else or said nothing in time
     */
    public static boolean answersReady(ChildProcess child, Duration limit) {
        try {
            return child.answer().get(limit.toNanos(), TimeUnit.NANOSECONDS).equals("READY");
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new EngineException("The child's answer could not be read: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EngineException("Interrupted while waiting for process " + child.pid(), e);
        }
    }

    private static String lines(Map<String, String> settings) {
        var properties = new Properties();
        properties.putAll(settings);
        var text = new StringWriter();
        try {
            properties.store(text, null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text + "\n";
    }
}
