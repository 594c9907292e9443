package dev.rookery.ingest.files.parquet;

import dev.rookery.ingest.files.parquet.ThriftValue.Binary;
import dev.rookery.ingest.files.parquet.ThriftValue.Bool;
import dev.rookery.ingest.files.parquet.ThriftValue.Entries;
import dev.rookery.ingest.files.parquet.ThriftValue.Int;
import dev.rookery.ingest.files.parquet.ThriftValue.Sequence;
import dev.rookery.ingest.files.parquet.ThriftValue.Struct;
import java.io.ByteArrayOutputStream;
import java.util.Map;

/** Writes Thrift's compact protocol into memory. One thread. */
final class ThriftWriter {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    static byte[] bytes(Struct struct) {
        var writer = new ThriftWriter();
        writer.struct(struct);
        return writer.out.toByteArray();
    }

    private void struct(Struct struct) {
        int last = 0;
        for (Map.Entry<Integer, ThriftValue> field : struct.fields().entrySet()) {
            int id = field.getKey();
            int type = type(field.getValue());
            int delta = id - last;
            if (delta >= 1 && delta <= 15) {
                out.write((delta << 4) | type);
            } else {
                out.write(type);
                zigzag(id);
            }
            last = id;
            if (!(field.getValue() instanceof Bool)) {
                value(field.getValue());
            }
        }
        out.write(0);
    }

    private static int type(ThriftValue value) {
        return switch (value) {
            case Bool bool -> bool.value() ? ThriftReader.TRUE : ThriftReader.FALSE;
            case Int number -> number.type();
            case ThriftValue.Floating _ -> ThriftReader.DOUBLE;
            case Binary _ -> ThriftReader.BINARY;
            case Sequence sequence -> sequence.type();
            case Entries _ -> ThriftReader.MAP;
            case Struct _ -> ThriftReader.STRUCT;
        };
    }

    private void value(ThriftValue value) {
        switch (value) {
            case Bool bool -> out.write(bool.value() ? ThriftReader.TRUE : ThriftReader.FALSE);
            case Int number -> {
                if (number.type() == ThriftReader.BYTE) {
                    out.write((int) number.value());
                } else {
                    zigzag(number.value());
                }
            }
            case ThriftValue.Floating number -> out.writeBytes(number.bytes());
            case Binary binary -> {
                varint(binary.bytes().length);
                out.writeBytes(binary.bytes());
            }
            case Sequence sequence -> {
                int count = sequence.elements().size();
                out.write((Math.min(count, 15) << 4) | sequence.elementType());
                if (count >= 15) {
                    varint(count);
                }
                sequence.elements().forEach(this::value);
            }
            case Entries entries -> {
                varint(entries.keys().size());
                if (!entries.keys().isEmpty()) {
                    out.write((entries.keyType() << 4) | entries.valueType());
                }
                for (int i = 0; i < entries.keys().size(); i++) {
                    value(entries.keys().get(i));
                    value(entries.values().get(i));
                }
            }
            case Struct struct -> struct(struct);
        }
    }

    private void zigzag(long value) {
        varint((value << 1) ^ (value >> 63));
    }

    private void varint(long value) {
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            out.write((int) ((rest & 0x7F) | 0x80));
            rest >>>= 7;
        }
        out.write((int) rest);
    }
}
