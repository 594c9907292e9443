package dev.rookery.datafile;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A {@code .connection} file (DFC-1).
 *
 * @param name the connection's name
 * @param description free text
 * @param type what is connected to
 * @param settings each name once, in canonical order; every name belongs to the type, and every required one is there
 */
public record ConnectionFile(
        String name, @Nullable Located<String> description, Located<Type> type, List<Directive> settings)
        implements Datafile {

    /** The kinds of connection. */
    public enum Type {
        KAFKA,
        S3,
        GCS
    }

    /** Copies the settings. */
    public ConnectionFile {
        settings = List.copyOf(settings);
    }

    /** The setting of this name. */
    public Optional<Directive> setting(String directive) {
        return settings.stream().filter(s -> s.name().equals(directive)).findFirst();
    }
}
