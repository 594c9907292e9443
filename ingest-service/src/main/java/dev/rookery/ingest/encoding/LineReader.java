package dev.rookery.ingest.encoding;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Cuts a stream into lines inside one buffer that is as large as the longest line. One thread. */
final class LineReader {

    private static final int INITIAL = 64 * 1024;

    private final int maxLine;
    private byte[] buffer = new byte[INITIAL];
    private InputStream in = InputStream.nullInputStream();
    private int filled;
    private int start;
    private int end;
    private int nextStart;
    private boolean atEnd;
    private boolean tooLong;
    private long moved;
    private long bytes;

    /** Lines of more than {@code maxLine} bytes are skipped and reported as too long. */
    LineReader(int maxLine) {
        this.maxLine = maxLine;
    }

    void open(InputStream body) {
        in = body;
        filled = start = end = nextStart = 0;
        atEnd = false;
        moved = 0;
        bytes = 0;
        if (buffer.length > (1 << 20)) {
            buffer = new byte[INITIAL];
        }
    }

    byte[] buffer() {
        return buffer;
    }

    int start() {
        return start;
    }

    int end() {
        return end;
    }

    /** Where the last line ends that is wholly in the buffer, its line feed included: the buffer stays until then. */
    int wholeLinesEnd() {
        int at = atEnd ? filled : Bytes.lastIndexOf(buffer, nextStart, filled, (byte) '\n') + 1;
        return Math.max(at, end);
    }

    /** What to add to a position in the buffer so that it keeps its meaning when the buffer's content moves. */
    long moved() {
        return moved;
    }

    /** Whether the current line is longer than the limit; then its text is not in the buffer. */
    boolean tooLong() {
        return tooLong;
    }

    /** Bytes read from the stream so far. */
    long bytes() {
        return bytes;
    }

    /** To the next line, without its line feed; false at the end of the stream. */
    boolean next() throws IOException {
        start = nextStart;
        tooLong = false;
        int searched = start;
        while (true) {
            int newline = Bytes.indexOf(buffer, searched, filled, (byte) '\n');
            if (newline >= 0) {
                tooLong |= newline - start > maxLine;
                end = newline;
                nextStart = newline + 1;
                return true;
            }
            searched = filled;
            if (filled - start > maxLine) {
                tooLong = true;
                filled = start;
                searched = start;
            }
            if (atEnd) {
                end = filled;
                nextStart = filled;
                return tooLong || end > start;
            }
            searched -= makeRoom();
            fill();
        }
    }

    /** Reads the rest of the stream as one text; false if it is longer than the limit. */
    boolean rest(int limit) throws IOException {
        start = nextStart;
        while (!atEnd && filled - start <= limit) {
            makeRoom();
            fill();
        }
        end = filled;
        nextStart = filled;
        return atEnd;
    }

    private int makeRoom() {
        if (filled < buffer.length) {
            return 0;
        }
        if (start == 0) {
            buffer = Arrays.copyOf(buffer, Math.multiplyExact(buffer.length, 2));
            return 0;
        }
        int shift = start;
        System.arraycopy(buffer, start, buffer, 0, filled - start);
        filled -= shift;
        start = 0;
        moved += shift;
        return shift;
    }

    /** Fills the room there is: a parser serves all lines of a fill, and sockets hand out a few kilobytes at a time. */
    private void fill() throws IOException {
        while (!atEnd && filled < buffer.length) {
            int read = in.read(buffer, filled, buffer.length - filled);
            if (read < 0) {
                atEnd = true;
            } else {
                filled += read;
                bytes += read;
            }
        }
    }
}
