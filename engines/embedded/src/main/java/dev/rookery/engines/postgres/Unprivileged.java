package dev.rookery.engines.postgres;

import dev.rookery.engines.EngineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The account that Postgres runs under. It refuses to run as root; there it runs in a user namespace, in which the
 * same files are still its own but it is nobody.
 */
record Unprivileged(List<String> prefix) {
    private static final List<String> NAMESPACE = List.of("unshare", "-U");

    static Unprivileged forDirectory(Path owned) {
        try {
            if (!Integer.valueOf(0).equals(Files.getAttribute(owned, "unix:uid"))) {
                return new Unprivileged(List.of());
            }
        } catch (IOException e) {
            throw new EngineException("Cannot read who owns " + owned + ": " + e.getMessage(), e);
        }
        if (succeeds(NAMESPACE)) {
            return new Unprivileged(NAMESPACE);
        }
        throw new EngineException("Postgres refuses to run as root and this system has no user namespaces:"
                + " run as an ordinary user.");
    }

    List<String> command(List<String> command) {
        var whole = new ArrayList<>(prefix);
        whole.addAll(command);
        return whole;
    }

    private static boolean succeeds(List<String> prefix) {
        var probe = new ArrayList<>(prefix);
        probe.add("true");
        try {
            return new ProcessBuilder(probe)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EngineException("Interrupted while looking for a way to start Postgres", e);
        }
    }
}
