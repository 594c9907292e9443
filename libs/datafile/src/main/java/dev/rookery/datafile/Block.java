package dev.rookery.datafile;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The text of a {@code >} block. */
final class Block {

    private Block() {}

    /**
     * Takes away the blank lines around the block, comment lines at column 1, and the indentation that all lines share.
     * A comment line leaves an empty one, so that lines can be counted.
     */
    static SqlText of(SourceText source, int start, int end) {
        var text = source.text();
        var first = source.lineOf(start);
        var last = source.lineOf(end);
        var lines = new ArrayList<String>();
        for (var line = first; line <= last; line++) {
            // Whatever follows the ">" on its own line has no indentation to share.
            var from = line == first ? source.skipBlanks(start, end) : source.lineStart(line);
            var content = text.substring(from, Math.min(end, source.lineEnd(line)));
            var comment = line > first && isComment(content);
            lines.add(comment || content.isBlank() ? "" : content);
        }
        var top = 0;
        while (top < lines.size() && lines.get(top).isEmpty()) {
            top++;
        }
        var bottom = lines.size();
        while (bottom > top && lines.get(bottom - 1).isEmpty()) {
            bottom--;
        }
        if (top == bottom) {
            return new SqlText("", source.position(start));
        }
        var body = lines.subList(top, bottom);
        var shared = sharedIndent(body, top == 0);
        // The first line loses all of its own, so that a template's "%" is the first character.
        var firstIndent = indentOf(body.getFirst());
        var joined = new StringBuilder(end - start)
                .append(body.getFirst(), firstIndent, body.getFirst().length());
        for (var line : body.subList(1, body.size())) {
            joined.append('\n').append(line, line.isEmpty() ? 0 : shared.length(), line.length());
        }
        var lineStart = top == 0 ? source.skipBlanks(start, end) : source.lineStart(first + top);
        return new SqlText(joined.toString(), source.position(lineStart + firstIndent));
    }

    /** A comment of the file; a closing {@code #}} is the end of a template comment. */
    static boolean isComment(String line) {
        return line.startsWith("#") && !line.startsWith("#}");
    }

    private static String sharedIndent(List<String> lines, boolean firstHasNone) {
        @Nullable String shared = null;
        for (var i = 0; i < lines.size(); i++) {
            var line = lines.get(i);
            var exempt =
                    line.isEmpty() || (i == 0 && (firstHasNone || line.strip().equals("%")));
            if (!exempt) {
                shared = shared == null ? line.substring(0, indentOf(line)) : common(shared, line);
            }
        }
        return shared == null ? "" : shared;
    }

    private static String common(String indent, String line) {
        var i = 0;
        while (i < indent.length() && i < line.length() && indent.charAt(i) == line.charAt(i)) {
            i++;
        }
        return indent.substring(0, i);
    }

    private static int indentOf(String line) {
        var i = 0;
        while (i < line.length() && (line.charAt(i) == ' ' || line.charAt(i) == '\t')) {
            i++;
        }
        return i;
    }
}
