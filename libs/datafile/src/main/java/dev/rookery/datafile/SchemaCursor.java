package dev.rookery.datafile;

import java.util.Locale;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Walks over the text of a schema or an index list, over white space and comments, in one direction only. */
final class SchemaCursor {

    private final SourceText source;
    private final String text;
    private final int end;
    private final Problems problems;
    private int pos;
    private int quotedStart;
    private boolean crossedLine;

    SchemaCursor(SourceText source, int start, int end, Problems problems) {
        this.source = source;
        this.text = source.text();
        this.pos = start;
        this.end = end;
        this.problems = problems;
    }

    SchemaCursor(RawDirective directive, Problems problems) {
        this(directive.source(), directive.start(), directive.end(), problems);
    }

    /** A cursor over a part of the quoted text that was read last. */
    SchemaCursor withinQuoted(int from) {
        return new SchemaCursor(source, quotedStart + from, pos - 1, problems);
    }

    /** Moves to the next character that says something. */
    void skipSpace() {
        while (pos < end) {
            var c = text.charAt(pos);
            if (c == '\n') {
                crossedLine = true;
                pos++;
            } else if (Character.isWhitespace(c)) {
                pos++;
            } else if (atComment()) {
                skipLine();
            } else {
                return;
            }
        }
    }

    /** Whether a line end lies between the last thing read and this place. */
    boolean crossedLine() {
        return crossedLine;
    }

    boolean atEnd() {
        return pos >= end;
    }

    char peek() {
        return pos < end ? text.charAt(pos) : '\0';
    }

    Position position() {
        return source.position(Math.min(pos, text.length()));
    }

    boolean take(char c) {
        if (pos < end && text.charAt(pos) == c) {
            pos++;
            crossedLine = false;
            return true;
        }
        return false;
    }

    /** The word that starts here, in upper case, without moving; empty if none does. */
    String peekWord() {
        return text.substring(pos, wordEnd()).toUpperCase(Locale.ROOT);
    }

    /** The word that starts here as written; empty if none does. */
    String word() {
        var start = pos;
        pos = wordEnd();
        crossedLine = crossedLine && pos == start;
        return text.substring(start, pos);
    }

    /** The first character behind the word that starts here and the space after it, without moving; 0 at the end. */
    char peekBehindWord() {
        var wordAt = pos;
        var crossedBefore = crossedLine;
        word();
        skipSpace();
        var behind = peek();
        pos = wordAt;
        crossedLine = crossedBefore;
        return behind;
    }

    boolean atJsonPath() {
        // One guide writes names and paths between single quotes.
        return pos < end && (text.startsWith("`json:", pos) || text.startsWith("'json:", pos));
    }

    /** What stands between the quote here and its like on the same line; null, after an error, when it is not closed. */
    @Nullable
    String quoted() {
        var close = closingQuote();
        if (close < 0) {
            return null;
        }
        quotedStart = pos + 1;
        pos = close + 1;
        crossedLine = false;
        return text.substring(quotedStart, close);
    }

    /**
     * Reads on until {@code stop} says so at bracket depth 0, a comma there, or the end. White space becomes one space,
     * comments vanish. Null after an error about a bracket or a quote; the rest of the schema is then passed over, since
     * what it means depends on where the bracket was to close.
     */
    @Nullable
    String expression(Predicate<SchemaCursor> stop) {
        var result = new StringBuilder();
        var open = new StringBuilder();
        var openAt = pos;
        while (true) {
            var before = pos;
            skipSpace();
            if (pos >= end || (open.isEmpty() && (text.charAt(pos) == ',' || stop.test(this)))) {
                break;
            }
            if (pos > before && !result.isEmpty()) {
                result.append(' ');
            }
            var c = text.charAt(pos);
            if (c == '\'' || c == '"' || c == '`') {
                var close = closingQuote();
                if (close < 0) {
                    pos = end;
                    return null;
                }
                result.append(text, pos, close + 1);
                pos = close + 1;
                crossedLine = false;
            } else if (wordEnd() > pos) {
                result.append(word());
            } else if (c == '#') {
                problems.error(position(), "unexpected #: a comment needs a blank before it");
                pos = end;
                return null;
            } else {
                if (c == '(' || c == '[' || c == '{') {
                    openAt = open.isEmpty() ? pos : openAt;
                    open.append(c);
                } else if ((c == ')' || c == ']' || c == '}') && !closes(open, c)) {
                    problems.error(position(), "unexpected " + c + ": no bracket of its kind is open");
                    pos = end;
                    return null;
                }
                result.append(c);
                pos++;
                crossedLine = false;
            }
        }
        if (!open.isEmpty()) {
            problems.error(source.position(openAt), "this bracket is never closed");
            return null;
        }
        return result.toString();
    }

    /** Passes over the rest of the line. */
    void skipLine() {
        var next = text.indexOf('\n', pos);
        pos = next < 0 ? end : Math.min(next, end);
    }

    private static boolean closes(StringBuilder open, char c) {
        var last = open.length() - 1;
        var wanted = c == ')' ? '(' : c == ']' ? '[' : '{';
        if (last < 0 || open.charAt(last) != wanted) {
            return false;
        }
        open.setLength(last);
        return true;
    }

    private int closingQuote() {
        var quote = text.charAt(pos);
        for (var i = pos + 1; i < end; i++) {
            var c = text.charAt(i);
            if (c == '\n') {
                break;
            } else if (c == '\\' && quote != '`') {
                i++;
            } else if (c == quote) {
                var doubled = quote == '\'' && i + 1 < end && text.charAt(i + 1) == quote;
                if (!doubled) {
                    return i;
                }
                i++;
            }
        }
        problems.error(position(), "expected a closing " + quote + " on the same line");
        return -1;
    }

    private boolean atComment() {
        if (text.charAt(pos) == '#') {
            return pos == 0 || Character.isWhitespace(text.charAt(pos - 1));
        }
        return text.startsWith("--", pos);
    }

    private int wordEnd() {
        var i = pos;
        while (i < end && (Character.isLetterOrDigit(text.charAt(i)) || text.charAt(i) == '_')) {
            i++;
        }
        return i;
    }
}
