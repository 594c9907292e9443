package dev.rookery.ingest.encoding;

import dev.rookery.clickhouse.types.ColumnType.EnumType;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JsonToken;

/** Enums by name, or by number as a number or as text. */
final class EnumEncoder implements ValueEncoder {

    private final int bits;
    private final Map<String, Integer> byName = new HashMap<>();
    private final Set<Integer> numbers = new HashSet<>();
    private final WholeNumber number = new WholeNumber();

    EnumEncoder(EnumType type) {
        bits = type.bits();
        for (var value : type.values()) {
            byName.put(value.name(), value.number());
            numbers.add(value.number());
        }
    }

    @Override
    public boolean encode(JsonCursor in, RowBuffer out) {
        if (in.token() == JsonToken.VALUE_STRING) {
            var named = byName.get(in.text());
            return named != null ? write(named, out) : byNumber(in, out);
        }
        return in.token() == JsonToken.VALUE_NUMBER_INT && byNumber(in, out);
    }

    private boolean byNumber(JsonCursor in, RowBuffer out) {
        return number.read(in)
                && number.fitsSigned(bits)
                && numbers.contains((int) number.value())
                && write((int) number.value(), out);
    }

    private boolean write(int value, RowBuffer out) {
        if (bits == 8) {
            out.int8(value);
        } else {
            out.int16(value);
        }
        return true;
    }

    @Override
    public boolean encodeDefault(RowBuffer out) {
        return numbers.contains(0) && write(0, out);
    }
}
