package dev.rookery.ingest.encoding;

import java.util.List;

/**
 * Where in a JSON object a column's value is: the forms of inventory section JP.
 *
 * <p>{@code $} is the whole row, {@code $.a.b} a nested key, {@code $.['a.b'].c} or {@code $['a.b']} a key with dots,
 * {@code $.a[:]} the elements of an array, {@code $.a[:].b} one key of each element. A key is everything up to the
 * next {@code .} or {@code [}: dashes, hashes and spaces need no quotes (JP-8, JP-9). Immutable.
 *
 * @param steps from the row inwards; empty for {@code $}
 */
public record JsonPath(List<Step> steps) {

    /** One move inwards. */
    public sealed interface Step {}

    /** To the value of an object's key. */
    public record Key(String name) implements Step {}

    /** To every element of an array; at most once in a path (JP-5). */
    public record Each() implements Step {}

    public JsonPath {
        steps = List.copyOf(steps);
    }

    /**
     * Reads a path as it stands in a datafile, with or without the leading {@code json:}.
     *
     * @throws LayoutException if the text is not a path, or goes through arrays of arrays
     */
    public static JsonPath parse(String text) {
        return new JsonPathParser(text).parse();
    }

    /** Whether the path is {@code $}. */
    public boolean isRoot() {
        return steps.isEmpty();
    }
}
