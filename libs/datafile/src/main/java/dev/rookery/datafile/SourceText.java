package dev.rookery.datafile;

import java.util.Arrays;

/** A file's text with all line ends made {@code \n}, and the way from offsets to places. */
final class SourceText {

    private final String text;
    private final int[] lineStarts;

    SourceText(String raw) {
        var unified = raw.indexOf('\r') < 0 ? raw : raw.replace("\r\n", "\n").replace('\r', '\n');
        // A blank instead of the byte order mark keeps the columns right.
        text = unified.startsWith("\uFEFF") ? " " + unified.substring(1) : unified;
        var starts = new int[16];
        var count = 1;
        for (var at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
            if (count == starts.length) {
                starts = Arrays.copyOf(starts, count * 2);
            }
            starts[count++] = at + 1;
        }
        lineStarts = Arrays.copyOf(starts, count);
    }

    String text() {
        return text;
    }

    int lineCount() {
        return lineStarts.length;
    }

    /** Offset of the first character of a line, counted from 0. */
    int lineStart(int line) {
        return lineStarts[line];
    }

    /** Offset just behind the last character of a line, its line feed left out. */
    int lineEnd(int line) {
        return line + 1 < lineStarts.length ? lineStarts[line + 1] - 1 : text.length();
    }

    /** The line, counted from 0, that holds an offset. */
    int lineOf(int offset) {
        var found = Arrays.binarySearch(lineStarts, offset);
        return found >= 0 ? found : -found - 2;
    }

    Position position(int offset) {
        var line = lineOf(offset);
        return new Position(line + 1, offset - lineStarts[line] + 1);
    }

    /** The first offset from {@code from} on, before {@code end}, that holds no blank or tab; {@code end} if none. */
    int skipBlanks(int from, int end) {
        var i = from;
        while (i < end && (text.charAt(i) == ' ' || text.charAt(i) == '\t')) {
            i++;
        }
        return i;
    }
}
