package dev.rookery.sql;

import org.jspecify.annotations.Nullable;

/** Where the PREWHERE and WHERE of one SELECT stand; filled while it is parsed, read when it is rewritten. */
final class SelectSite {

    private @Nullable Clause prewhere;
    private @Nullable Clause where;

    /** A keyword and the expression after it. */
    record Clause(Token keyword, int end) {}

    @Nullable
    Clause prewhere() {
        return prewhere;
    }

    @Nullable
    Clause where() {
        return where;
    }

    void prewhere(Clause clause) {
        prewhere = clause;
    }

    void where(Clause clause) {
        where = clause;
    }
}
