package dev.rookery.engines.process;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Puts a child into a session of its own where the system has a program for it (Linux).
 *
 * <p>Ctrl-C in a terminal goes to the whole foreground group. Without a session of its own every engine would end at
 * the same moment as the services that still need it to stop cleanly.
 */
final class InOwnSession {
    private static final boolean AVAILABLE = onPath("setsid");

    private InOwnSession() {}

    static List<String> command(List<String> command) {
        if (!AVAILABLE) {
            return command;
        }
        // A child of this JVM never leads a group, so setsid replaces itself by the program and keeps the pid.
        var whole = new ArrayList<String>();
        whole.add("setsid");
        whole.addAll(command);
        return whole;
    }

    private static boolean onPath(String program) {
        String path = System.getenv().getOrDefault("PATH", "");
        return Pattern.compile(Pattern.quote(File.pathSeparator))
                .splitAsStream(path)
                .filter(directory -> !directory.isEmpty())
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
    }
}
