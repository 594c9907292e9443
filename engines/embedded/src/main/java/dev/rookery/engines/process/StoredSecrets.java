package dev.rookery.engines.process;

import dev.rookery.engines.EngineException;
import dev.rookery.engines.Secrets;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/** Secrets that belong to a data directory: made when first asked for, kept in a file of mode 600. */
public final class StoredSecrets {
    private final Properties values;

    private StoredSecrets(Properties values) {
        this.values = values;
    }

    /**
     * The secrets of a directory; those that do not exist yet are made and stored.
     *
     * @throws EngineException when the file cannot be read or written
     */
    public static StoredSecrets in(Path directory, String... names) {
        Path file = directory.resolve("secrets.properties");
        var values = new Properties();
        PrivateFiles.makeDirectory(directory);
        try {
            if (Files.exists(file)) {
                try (var reader = Files.newBufferedReader(file)) {
                    values.load(reader);
                }
            }
            boolean complete = true;
            for (String name : names) {
                complete &= values.putIfAbsent(name, Secrets.next()) != null;
            }
            if (!complete) {
                var text = new StringWriter();
                values.store(text, null);
                PrivateFiles.write(file, text.toString());
            }
            return new StoredSecrets(values);
        } catch (IOException e) {
            throw new EngineException("Cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    /**
     * A secret.
     *
     * @throws IllegalArgumentException when it was not asked for
     */
    public String get(String name) {
        String value = values.getProperty(name);
        if (value == null) {
            throw new IllegalArgumentException("no secret " + name);
        }
        return value;
    }
}
