package dev.rookery.datafile;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What parsing one file gave.
 *
 * @param path the file, as given to the parser
 * @param datafile the content; null exactly when there are errors
 * @param errors everything wrong with the file, in the order of its lines; at most
 *     {@value DatafileParser#MAX_ERRORS}
 * @param warnings what is accepted, but probably not what was meant
 */
public record ParseResult(
        String path, @Nullable Datafile datafile, List<DatafileError> errors, List<DatafileError> warnings) {

    /** Copies the lists. */
    public ParseResult {
        errors = List.copyOf(errors);
        warnings = List.copyOf(warnings);
        if ((datafile == null) == errors.isEmpty()) {
            throw new IllegalArgumentException("a datafile, or errors");
        }
    }
}
