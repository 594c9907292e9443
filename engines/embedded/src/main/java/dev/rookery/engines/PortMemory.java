package dev.rookery.engines;

import dev.rookery.engines.process.FreePorts;
import dev.rookery.engines.process.PrivateFiles;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Properties;
import java.util.Set;

/** Chooses ports, and remembers them in the data directory so that the next start prefers the same. */
final class PortMemory {
    private final Path file;
    private final Map<EnginePort, Integer> asked;
    private final Properties remembered = new Properties();
    private final Set<Integer> given = new HashSet<>();

    PortMemory(Path dataDirectory, Map<EnginePort, Integer> asked) {
        this.file = dataDirectory.resolve("ports.properties");
        this.asked = asked;
        if (Files.exists(file)) {
            try (var reader = Files.newBufferedReader(file)) {
                remembered.load(reader);
            } catch (IOException e) {
                throw new EngineException("Cannot read " + file + ": " + e.getMessage(), e);
            }
        }
    }

    /** The port asked for, else the remembered one, else the usual one; any free one when that is taken. */
    int choose(EnginePort port) {
        int wish = asked.getOrDefault(port, remembered(port));
        int chosen = FreePorts.choose(given.contains(wish) ? 0 : wish);
        while (!given.add(chosen)) {
            chosen = FreePorts.choose(0);
        }
        remembered.setProperty(port.key(), String.valueOf(chosen));
        return chosen;
    }

    void store() {
        var text = new StringWriter();
        try {
            remembered.store(text, null);
        } catch (IOException e) {
            throw new EngineException("Cannot write " + file + ": " + e.getMessage(), e);
        }
        PrivateFiles.write(file, text.toString());
    }

    private int remembered(EnginePort port) {
        String text = remembered.getProperty(port.key());
        try {
            return text == null ? port.preferred() : Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new EngineException("The file " + file + " is damaged: delete it.", e);
        }
    }
}
