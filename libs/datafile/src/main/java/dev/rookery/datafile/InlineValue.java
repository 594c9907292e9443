package dev.rookery.datafile;

/** The value of a directive on one line: bare or quoted, perhaps with a comment behind it (DFG-1, SS-4, CP-3). */
final class InlineValue {

    private InlineValue() {}

    /** The value without its comment and its quotes. */
    static String of(String written) {
        return unquoted(uncommented(written));
    }

    /** The value without its comment. */
    static String uncommented(String written) {
        var value = written.strip();
        return value.substring(0, commentStart(value)).strip();
    }

    /** The text between the quotes if the whole of it is one quoted string; otherwise the text itself. */
    static String unquoted(String value) {
        if (value.length() < 2) {
            return value;
        }
        var quote = value.charAt(0);
        var last = value.length() - 1;
        var isQuoted = (quote == '"' || quote == '\'') && value.indexOf(quote, 1) == last;
        return isQuoted ? value.substring(1, last) : value;
    }

    /** Where a comment starts: {@code #} or {@code --} behind white space, outside quotes and {@code {{ }}}. */
    private static int commentStart(String value) {
        var length = value.length();
        var i = 0;
        while (i < length) {
            var c = value.charAt(i);
            var behindSpace = i == 0 || Character.isWhitespace(value.charAt(i - 1));
            if (behindSpace && (c == '#' || value.startsWith("--", i))) {
                return i;
            }
            i = switch (c) {
                case '"', '\'' -> behind(value, c, i);
                case '{' -> value.startsWith("{{", i) ? behindTemplate(value, i) : i + 1;
                default -> i + 1;
            };
        }
        return length;
    }

    /** Behind the closing quote; one further when nothing closes, so that an apostrophe is a plain sign. */
    private static int behind(String value, char quote, int open) {
        var close = value.indexOf(quote, open + 1);
        return close < 0 ? open + 1 : close + 1;
    }

    private static int behindTemplate(String value, int open) {
        var close = value.indexOf("}}", open);
        return close < 0 ? value.length() : close + 2;
    }
}
