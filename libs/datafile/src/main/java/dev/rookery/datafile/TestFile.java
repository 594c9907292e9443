package dev.rookery.datafile;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A {@code tests/<pipe>.yaml} file (DFC-7).
 *
 * @param name the pipe's name
 * @param cases in the file's order, with distinct names
 */
public record TestFile(String name, List<Case> cases) implements Datafile {

    /** Copies the list. */
    public TestFile {
        cases = List.copyOf(cases);
    }

    /**
     * One call and its expected answer.
     *
     * @param name unique in its file
     * @param description free text; null when absent or empty
     * @param parameters a query string, {@code a=1&b=2}; empty for none
     * @param expectedResult rows as NDJSON without a final line feed, empty for no rows; null when only the status
     *     counts
     * @param expectedHttpStatus 100 to 599; 200 when the file does not say
     * @param at where the case starts; no part of equality
     */
    public record Case(
            String name,
            @Nullable String description,
            String parameters,
            @Nullable String expectedResult,
            int expectedHttpStatus,
            Position at) {}
}
