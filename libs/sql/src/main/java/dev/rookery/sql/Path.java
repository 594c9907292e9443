package dev.rookery.sql;

import java.util.List;

/** A dotted name, as it stands in the text. */
record Path(List<Token> parts) {

    Token first() {
        return parts.getFirst();
    }

    Token last() {
        return parts.getLast();
    }

    int start() {
        return first().start();
    }

    int end() {
        return last().end();
    }
}
