package dev.rookery.ingest.files.parquet;

import dev.rookery.ingest.files.parquet.ThriftValue.Binary;
import dev.rookery.ingest.files.parquet.ThriftValue.Bool;
import dev.rookery.ingest.files.parquet.ThriftValue.Entries;
import dev.rookery.ingest.files.parquet.ThriftValue.Int;
import dev.rookery.ingest.files.parquet.ThriftValue.Sequence;
import dev.rookery.ingest.files.parquet.ThriftValue.Struct;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;

/** Reads Thrift's compact protocol from memory. One thread. */
final class ThriftReader {
    static final int TRUE = 1;
    static final int FALSE = 2;
    static final int BYTE = 3;
    static final int I64 = 6;
    static final int DOUBLE = 7;
    static final int BINARY = 8;
    static final int LIST = 9;
    static final int SET = 10;
    static final int MAP = 11;
    static final int STRUCT = 12;

    private static final int MAX_DEPTH = 32;

    /** A footer of a hundred row groups of five hundred columns has about as many. */
    private static final int MAX_VALUES = 2_000_000;

    private static final Bool YES = new Bool(true);
    private static final Bool NO = new Bool(false);

    private final byte[] bytes;
    private int at;
    private int depth;
    private int values;

    ThriftReader(byte[] bytes) {
        this.bytes = bytes;
    }

    /** @throws BadParquetException when the bytes are no structure */
    Struct struct() {
        if (++depth > MAX_DEPTH) {
            throw damaged();
        }
        var fields = new TreeMap<Integer, ThriftValue>();
        int id = 0;
        for (int header = next(); header != 0; header = next()) {
            int delta = header >> 4;
            id = delta == 0 ? (int) zigzag() : id + delta;
            int type = header & 0xF;
            fields.put(id, type == TRUE || type == FALSE ? bool(type == TRUE) : value(type));
        }
        depth--;
        return new Struct(fields);
    }

    private static Bool bool(boolean value) {
        return value ? YES : NO;
    }

    private ThriftValue value(int type) {
        if (++values > MAX_VALUES) {
            throw new BadParquetException("its footer is too large; write it with fewer row groups");
        }
        return switch (type) {
            case TRUE, FALSE -> bool(next() == TRUE);
            case BYTE -> new Int(type, (byte) next());
            case 4, 5, I64 -> new Int(type, zigzag());
            case DOUBLE -> new ThriftValue.Floating(take(8));
            case BINARY -> new Binary(take(size()));
            case LIST, SET -> sequence(type);
            case MAP -> map();
            case STRUCT -> struct();
            default -> throw damaged();
        };
    }

    private Sequence sequence(int type) {
        if (++depth > MAX_DEPTH) {
            throw damaged();
        }
        int header = next();
        int count = header >> 4 == 15 ? size() : header >> 4;
        List<ThriftValue> elements = elements(header & 0xF, count);
        depth--;
        return new Sequence(type, header & 0xF, elements);
    }

    private Entries map() {
        int count = size();
        int types = count == 0 ? 0 : next();
        List<ThriftValue> keys = new ArrayList<>();
        List<ThriftValue> values = new ArrayList<>();
        if (++depth > MAX_DEPTH) {
            throw damaged();
        }
        for (int i = 0; i < count; i++) {
            keys.add(value(types >> 4));
            values.add(value(types & 0xF));
        }
        depth--;
        return new Entries(types >> 4, types & 0xF, keys, values);
    }

    private List<ThriftValue> elements(int type, int count) {
        List<ThriftValue> elements = new ArrayList<>(Math.min(count, 1024));
        for (int i = 0; i < count; i++) {
            elements.add(value(type));
        }
        return elements;
    }

    /** Every element takes a byte at least, so that none is counted that cannot be there. */
    private int size() {
        long size = varint();
        if (size < 0 || size > bytes.length - at) {
            throw damaged();
        }
        return (int) size;
    }

    private byte[] take(int count) {
        if (count > bytes.length - at) {
            throw damaged();
        }
        at += count;
        return Arrays.copyOfRange(bytes, at - count, at);
    }

    private long zigzag() {
        long n = varint();
        return (n >>> 1) ^ -(n & 1);
    }

    private long varint() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            int b = next();
            value |= (long) (b & 0x7F) << shift;
            if (b < 0x80) {
                return value;
            }
        }
        throw damaged();
    }

    private int next() {
        if (at == bytes.length) {
            throw damaged();
        }
        return bytes[at++] & 0xFF;
    }

    private static BadParquetException damaged() {
        return new BadParquetException("its footer is damaged");
    }
}
