package dev.rookery.engines.process;

import java.util.List;
import java.util.Map;

/**
 * How to start a child.
 *
 * @param command the program and its arguments; never a password
 * @param environment variables added to this process's own
 * @param input lines written to the child's standard input, which then stays open until the child is to end
 */
public record Launch(List<String> command, Map<String, String> environment, String input) {
    /** Copies its collections. */
    public Launch {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }
}
