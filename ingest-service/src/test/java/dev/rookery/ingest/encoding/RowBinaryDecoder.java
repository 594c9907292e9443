package dev.rookery.ingest.encoding;

import dev.rookery.clickhouse.types.ColumnType;
import dev.rookery.clickhouse.types.ColumnType.*;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Reads blocks back; written apart from the encoder, so that a shared mistake is unlikely. */
final class RowBinaryDecoder {

    static final String NULL = "<null>";
    static final String DEFAULT = "<default>";

    private final ByteBuffer in;

    private RowBinaryDecoder(byte[] bytes) {
        in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Rows of {@link InsertFormat#ROWS}: a value, {@link #NULL} or {@link #DEFAULT} for each column. */
    static List<Map<String, Object>> rows(Layout layout, EncodedBlock block) {
        var decoder = new RowBinaryDecoder(block.bytes());
        var rows = new ArrayList<Map<String, Object>>();
        for (int i = 0; i < block.rows(); i++) {
            var row = new LinkedHashMap<String, Object>();
            for (var column : layout.columns()) {
                boolean isDefault = decoder.in.get() == 1;
                row.put(column.name(), isDefault ? DEFAULT : decoder.value(column.type()));
            }
            rows.add(row);
        }
        decoder.expectEnd();
        return rows;
    }

    /** Rows of {@link InsertFormat#QUARANTINE}. */
    static List<Map<String, Object>> quarantine(Layout layout, EncodedBlock block) {
        var decoder = new RowBinaryDecoder(block.bytes());
        var rows = new ArrayList<Map<String, Object>>();
        for (int i = 0; i < block.rows(); i++) {
            var row = new LinkedHashMap<String, Object>();
            for (var column : layout.quarantineColumns()) {
                row.put(column.name(), decoder.value(column.type()));
            }
            rows.add(row);
        }
        decoder.expectEnd();
        return rows;
    }

    private void expectEnd() {
        if (in.hasRemaining()) {
            throw new IllegalStateException(in.remaining() + " bytes too many");
        }
    }

    private Object value(ColumnType type) {
        return switch (type) {
            case IntegerType t -> integer(t);
            case FloatType t -> t.bits() == 64 ? (Object) in.getDouble() : (Object) in.getFloat();
            case DecimalType t -> new BigDecimal(bigInteger(t.bits() / 8, true), t.scale());
            case BoolType t -> in.get() == 1;
            case StringType t -> string();
            case JsonType t -> string();
            case FixedStringType t -> new String(bytes(t.length()), StandardCharsets.UTF_8);
            case DateType t -> LocalDate.ofEpochDay(in.getShort() & 0xFFFF);
            case Date32Type t -> LocalDate.ofEpochDay(in.getInt());
            case DateTimeType t -> Instant.ofEpochSecond(in.getInt() & 0xFFFF_FFFFL);
            case DateTime64Type t -> in.getLong();
            case TimeType t -> in.getInt();
            case Time64Type t -> in.getLong();
            case UuidType t -> new UUID(in.getLong(), in.getLong());
            case Ipv4Type t -> in.getInt() & 0xFFFF_FFFFL;
            case Ipv6Type t -> new BigInteger(1, bytes(16));
            case EnumType t -> (int) (t.bits() == 8 ? in.get() : in.getShort());
            case NullableType t -> in.get() == 1 ? NULL : value(t.inner());
            case LowCardinalityType t -> value(t.inner());
            case SimpleAggregateFunctionType t -> value(t.type());
            case ArrayType t -> list(t.element());
            case MapType t -> map(t);
            case TupleType t ->
                t.elements().stream().map(element -> value(element.type())).toList();
            case NestedType t -> throw new IllegalArgumentException(t.print());
            case GeoType t -> value(t.stored());
            case AggregateFunctionType t -> throw new IllegalArgumentException(t.print());
            case VariantType t -> throw new IllegalArgumentException(t.print());
            case OtherType t -> throw new IllegalArgumentException(t.print());
        };
    }

    private Object integer(IntegerType type) {
        var value = bigInteger(type.bits() / 8, type.signed());
        return value.bitLength() < 64 ? (Object) value.longValueExact() : value;
    }

    private BigInteger bigInteger(int width, boolean signed) {
        var little = bytes(width);
        var big = new byte[width];
        for (int i = 0; i < width; i++) {
            big[i] = little[width - 1 - i];
        }
        return signed ? new BigInteger(big) : new BigInteger(1, big);
    }

    private Map<Object, Object> map(MapType type) {
        var map = new LinkedHashMap<Object, Object>();
        int count = varint();
        for (int i = 0; i < count; i++) {
            var key = value(type.key());
            map.put(key, value(type.value()));
        }
        return map;
    }

    private List<Object> list(ColumnType element) {
        var list = new ArrayList<Object>();
        int count = varint();
        for (int i = 0; i < count; i++) {
            list.add(value(element));
        }
        return list;
    }

    private String string() {
        return new String(bytes(varint()), StandardCharsets.UTF_8);
    }

    private int varint() {
        int value = 0;
        for (int shift = 0; ; shift += 7) {
            byte b = in.get();
            value |= (b & 0x7F) << shift;
            if (b >= 0) {
                return value;
            }
        }
    }

    private byte[] bytes(int count) {
        var bytes = new byte[count];
        in.get(bytes);
        return bytes;
    }
}
