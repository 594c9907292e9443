package dev.rookery.ingest.events;

import dev.rookery.clickhouse.types.ColumnType;
import dev.rookery.ingest.encoding.Acceptance;
import dev.rookery.ingest.encoding.AcceptanceValue;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;

/** The moment of acceptance, in the form of a column; days are those of UTC, the zone of our ClickHouse servers. */
final class MomentValue {
    private static final int NANOS_DIGITS = 9;

    private MomentValue() {}

    /**
     * @param precision decimal digits of a second to keep
     * @param days to add: -1 for yesterday
     * @return empty when such a moment has no plain form in the type
     */
    static Optional<AcceptanceValue> of(ColumnType type, int precision, int days) {
        return switch (type) {
            case ColumnType.DateTimeType _
            when days == 0 -> Optional.of(with -> int32((int) with.at().getEpochSecond()));
            case ColumnType.DateTime64Type t
            when days == 0 -> Optional.of(with -> int64(ticks(with.at(), precision, t.precision())));
            case ColumnType.DateType _ -> Optional.of(with -> int16((short) day(with, days)));
            case ColumnType.Date32Type _ -> Optional.of(with -> int32((int) day(with, days)));
            case ColumnType.NullableType t -> of(t.inner(), precision, days).map(MomentValue::present);
            case ColumnType.LowCardinalityType t -> of(t.inner(), precision, days);
            case ColumnType.SimpleAggregateFunctionType t -> of(t.type(), precision, days);
            default -> Optional.empty();
        };
    }

    /** The value behind the byte that says it is not null. */
    static AcceptanceValue present(AcceptanceValue value) {
        return with -> {
            byte[] bytes = value.rowBinary(with);
            return ByteBuffer.allocate(bytes.length + 1)
                    .put((byte) 0)
                    .put(bytes)
                    .array();
        };
    }

    private static long day(Acceptance with, int days) {
        return LocalDate.ofInstant(with.at(), ZoneOffset.UTC).toEpochDay() + days;
    }

    private static long ticks(Instant at, int kept, int precision) {
        long unit = power(NANOS_DIGITS - Math.min(kept, NANOS_DIGITS));
        long nanos = at.getNano() / unit * unit;
        return Math.addExact(
                Math.multiplyExact(at.getEpochSecond(), power(precision)), nanos / power(NANOS_DIGITS - precision));
    }

    private static long power(int digits) {
        long result = 1;
        for (int i = 0; i < digits; i++) {
            result *= 10;
        }
        return result;
    }

    private static byte[] int16(short value) {
        return ByteBuffer.allocate(2)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putShort(value)
                .array();
    }

    private static byte[] int32(int value) {
        return ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(value)
                .array();
    }

    private static byte[] int64(long value) {
        return ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(value)
                .array();
    }
}
