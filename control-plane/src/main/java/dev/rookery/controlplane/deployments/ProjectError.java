package dev.rookery.controlplane.deployments;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.rookery.datafile.DatafileError;
import org.jspecify.annotations.Nullable;

/**
 * Something that keeps a project from being deployed.
 *
 * @param filename the file at fault, where there is one
 * @param resource the resource at fault, like {@code Datasource events.datasource}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ProjectError(@Nullable String filename, String resource, String error) {
    static ProjectError of(DatafileError error) {
        return new ProjectError(
                error.path(), label(error.path()), "%s:%s: %s".formatted(error.path(), error.at(), error.message()));
    }

    static ProjectError of(String path, int line, String message) {
        String place = line > 0 ? "%s:%d: ".formatted(path, line) : path + ": ";
        return new ProjectError(path, label(path), place + message);
    }

    /** Clients take the last word of a label for the file (client-contract.md 2.2, rule 6). */
    static String label(String path) {
        String file = path.substring(path.lastIndexOf('/') + 1);
        String extension = file.substring(file.lastIndexOf('.') + 1);
        String kind = switch (extension) {
            case "datasource" -> "Datasource";
            case "pipe" -> "Pipe";
            case "connection" -> "Connection";
            default -> "File";
        };
        return kind + " " + file;
    }
}
