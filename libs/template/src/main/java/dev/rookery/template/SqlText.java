package dev.rookery.template;

/** A piece of a template's own text, with its effect on {@link SqlPosition} worked out once. */
final class SqlText {
    private final String text;
    private final SqlPosition after = new SqlPosition();

    SqlText(String text) {
        this.text = text;
        after.advance(text);
    }

    String text() {
        return text;
    }

    /** Moves a position over this text. */
    void advance(SqlPosition position) {
        if (position.place() == SqlPosition.Place.CODE
                && !text.isEmpty()
                && !SqlPosition.mayJoin(position.last(), text.charAt(0))) {
            position.set(after);
        } else {
            position.advance(text);
        }
    }
}
