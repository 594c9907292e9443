package dev.rookery.ingest.encoding;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** A growable byte array that is written in ClickHouse's RowBinary forms and can be cut back. */
final class RowBuffer {

    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private byte[] bytes;
    private int size;

    RowBuffer(int capacity) {
        bytes = new byte[capacity];
    }

    int size() {
        return size;
    }

    void truncate(int newSize) {
        size = newSize;
    }

    byte[] copy(int from, int to) {
        return Arrays.copyOfRange(bytes, from, to);
    }

    /** Drops the first bytes; what follows them moves to the front. */
    void removePrefix(int length) {
        System.arraycopy(bytes, length, bytes, 0, size - length);
        size -= length;
    }

    /** Gives memory back after an unusually large content; call only when empty. */
    void shrinkTo(int capacity) {
        if (bytes.length > capacity) {
            bytes = new byte[capacity];
        }
    }

    /** Puts what was written after {@code end} where {@code start} to {@code end} was. */
    void replace(int start, int end) {
        System.arraycopy(bytes, end, bytes, start, size - end);
        size = start + size - end;
    }

    void int8(int value) {
        ensure(1);
        bytes[size++] = (byte) value;
    }

    void int16(int value) {
        ensure(2);
        SHORT.set(bytes, size, (short) value);
        size += 2;
    }

    void int32(int value) {
        ensure(4);
        INT.set(bytes, size, value);
        size += 4;
    }

    void int64(long value) {
        ensure(8);
        LONG.set(bytes, size, value);
        size += 8;
    }

    void zeros(int count) {
        ensure(count);
        Arrays.fill(bytes, size, size + count, (byte) 0);
        size += count;
    }

    void varint(int value) {
        ensure(5);
        int rest = value;
        while (rest >= 0x80) {
            bytes[size++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
    }

    /** Puts a varint at {@code position}, moving what was written from there on. */
    void insertVarint(int position, int value) {
        int length = varintLength(value);
        ensure(length);
        System.arraycopy(bytes, position, bytes, position + length, size - position);
        int end = size + length;
        size = position;
        varint(value);
        size = end;
    }

    void append(byte[] source, int offset, int length) {
        ensure(length);
        System.arraycopy(source, offset, bytes, size, length);
        size += length;
    }

    void append(RowBuffer source, int offset, int length) {
        ensure(length); // first: the source may be this very buffer
        System.arraycopy(source.bytes, offset, bytes, size, length);
        size += length;
    }

    /** A length-prefixed text in UTF-8; false, with nothing written, if it holds an unpaired surrogate. */
    boolean string(char[] chars, int offset, int length) {
        int start = size;
        varint(length);
        if (asciiInto(chars, offset, length)) {
            return true;
        }
        int encoded = utf8Length(chars, offset, length);
        if (encoded < 0) {
            size = start;
            return false;
        }
        size = start;
        varint(encoded);
        utf8(chars, offset, length);
        return true;
    }

    private boolean asciiInto(char[] chars, int offset, int length) {
        ensure(length);
        var target = bytes;
        int position = size;
        int all = 0;
        for (int i = 0; i < length; i++) {
            char c = chars[offset + i];
            all |= c;
            target[position + i] = (byte) c;
        }
        if (all >= 0x80) {
            return false;
        }
        size = position + length;
        return true;
    }

    /** Bytes the text has in UTF-8, or -1 if it holds an unpaired surrogate. */
    static int utf8Length(char[] chars, int offset, int length) {
        int encoded = 0;
        int end = offset + length;
        for (int i = offset; i < end; i++) {
            char c = chars[i];
            if (c < 0x80) {
                encoded++;
            } else if (c < 0x800 || Character.isLowSurrogate(c)) {
                encoded += 2; // a low surrogate is the second half of four bytes
            } else {
                encoded += Character.isHighSurrogate(c) ? 2 : 3;
            }
            if (Character.isSurrogate(c) && !isPaired(chars, i, offset, end)) {
                return -1;
            }
        }
        return encoded;
    }

    private static boolean isPaired(char[] chars, int at, int start, int end) {
        return Character.isHighSurrogate(chars[at])
                ? at + 1 < end && Character.isLowSurrogate(chars[at + 1])
                : at > start && Character.isHighSurrogate(chars[at - 1]);
    }

    /** UTF-8 without a length; the text must be free of unpaired surrogates. */
    void utf8(char[] chars, int offset, int length) {
        ensure(Math.multiplyExact(3, length));
        int at = offset;
        int end = offset + length;
        while (at < end) {
            char c = chars[at++];
            if (c < 0x80) {
                bytes[size++] = (byte) c;
            } else if (c < 0x800) {
                bytes[size++] = (byte) (0xC0 | (c >> 6));
                bytes[size++] = (byte) (0x80 | (c & 0x3F));
            } else if (Character.isSurrogate(c)) {
                int point = Character.toCodePoint(c, chars[at++]);
                bytes[size++] = (byte) (0xF0 | (point >> 18));
                bytes[size++] = (byte) (0x80 | ((point >> 12) & 0x3F));
                bytes[size++] = (byte) (0x80 | ((point >> 6) & 0x3F));
                bytes[size++] = (byte) (0x80 | (point & 0x3F));
            } else {
                bytes[size++] = (byte) (0xE0 | (c >> 12));
                bytes[size++] = (byte) (0x80 | ((c >> 6) & 0x3F));
                bytes[size++] = (byte) (0x80 | (c & 0x3F));
            }
        }
    }

    static int varintLength(int value) {
        return value < 1 << 7 ? 1 : value < 1 << 14 ? 2 : value < 1 << 21 ? 3 : value < 1 << 28 ? 4 : 5;
    }

    private void ensure(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(size, more), bytes.length + (bytes.length >> 1)));
        }
    }
}
