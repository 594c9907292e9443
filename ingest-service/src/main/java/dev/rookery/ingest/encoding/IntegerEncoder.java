package dev.rookery.ingest.encoding;

import dev.rookery.clickhouse.types.ColumnType.IntegerType;

/** Integers of up to 64 bits. A number outside the type's range does not fit (ClickHouse would wrap it round). */
final class IntegerEncoder implements ValueEncoder {

    private final int bits;
    private final boolean signed;
    private final WholeNumber number = new WholeNumber();

    IntegerEncoder(IntegerType type) {
        bits = type.bits();
        signed = type.signed();
    }

    @Override
    public boolean encode(JsonCursor in, RowBuffer out) {
        return switch (in.token()) {
            case VALUE_NUMBER_INT, VALUE_STRING -> text(in, out);
            case VALUE_TRUE -> write(1, out);
            case VALUE_FALSE -> write(0, out);
            default -> false;
        };
    }

    private boolean text(JsonCursor in, RowBuffer out) {
        if (number.read(in)) {
            return (signed ? number.fitsSigned(bits) : number.fitsUnsigned(bits)) && write(number.value(), out);
        }
        return (in.textIs("true") && write(1, out)) || (in.textIs("false") && write(0, out));
    }

    private boolean write(long value, RowBuffer out) {
        switch (bits) {
            case 8 -> out.int8((int) value);
            case 16 -> out.int16((int) value);
            case 32 -> out.int32((int) value);
            default -> out.int64(value);
        }
        return true;
    }

    @Override
    public boolean encodeDefault(RowBuffer out) {
        return write(0, out);
    }
}
