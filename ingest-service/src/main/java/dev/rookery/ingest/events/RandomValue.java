package dev.rookery.ingest.events;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.rookery.clickhouse.types.ColumnType;
import dev.rookery.ingest.encoding.AcceptanceValue;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/** Random numbers and ids in the form of a column, another one for each row. */
final class RandomValue {
    private RandomValue() {}

    static Optional<AcceptanceValue> uuid4(ColumnType type) {
        return uuid(type, UuidCreator::getRandomBased);
    }

    static Optional<AcceptanceValue> uuid7(ColumnType type) {
        return uuid(type, UuidCreator::getTimeOrderedEpoch);
    }

    private static Optional<AcceptanceValue> uuid(ColumnType type, Supplier<UUID> next) {
        return switch (type) {
            case ColumnType.UuidType _ -> Optional.of(_ -> binary(next.get()));
            case ColumnType.StringType _ -> Optional.of(_ -> text(next.get().toString()));
            case ColumnType.NullableType t -> uuid(t.inner(), next).map(MomentValue::present);
            case ColumnType.LowCardinalityType t -> uuid(t.inner(), next);
            default -> Optional.empty();
        };
    }

    /** @param bits how many of the number are random; a narrower column keeps the lowest, as ClickHouse does */
    static Optional<AcceptanceValue> number(ColumnType type, int bits) {
        return switch (type) {
            case ColumnType.IntegerType t -> Optional.of(_ -> number(t.bits() / Byte.SIZE, bits));
            case ColumnType.NullableType t -> number(t.inner(), bits).map(MomentValue::present);
            case ColumnType.LowCardinalityType t -> number(t.inner(), bits);
            default -> Optional.empty();
        };
    }

    private static byte[] number(int width, int bits) {
        long random = ThreadLocalRandom.current().nextLong() >>> (Long.SIZE - bits);
        byte[] bytes = new byte[width];
        for (int i = 0; i < Math.min(width, Long.BYTES); i++) {
            bytes[i] = (byte) (random >>> (i * Byte.SIZE));
        }
        return bytes;
    }

    private static byte[] binary(UUID id) {
        return ByteBuffer.allocate(2 * Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
    }

    private static byte[] text(String id) {
        byte[] bytes = id.getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(bytes.length + 1)
                .put((byte) bytes.length)
                .put(bytes)
                .array();
    }
}
