package dev.rookery.datafile;

/**
 * A value and the place of the directive that gave it.
 *
 * @param value what the directive says
 * @param at where it stands; no part of equality
 * @param <T> the value's type
 */
public record Located<T>(T value, Position at) {

    /** A value that no line of a file gave. */
    public static <T> Located<T> of(T value) {
        return new Located<>(value, Position.NONE);
    }
}
