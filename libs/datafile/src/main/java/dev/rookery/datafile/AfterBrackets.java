package dev.rookery.datafile;

import java.util.function.Predicate;

/** Stops an expression that starts with a bracket where that bracket is closed. */
final class AfterBrackets implements Predicate<SchemaCursor> {

    private boolean entered;

    @Override
    public boolean test(SchemaCursor cursor) {
        // Asked at depth 0 only: first before the opening bracket, then behind the closing one.
        var closed = entered;
        entered = true;
        return closed;
    }
}
