package dev.rookery.ingest.encoding;

import dev.rookery.clickhouse.types.ColumnType;
import dev.rookery.clickhouse.types.ColumnType.*;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Builds the encoder of a type. Each result has its own state, so build one per encoder and column. */
final class ValueEncoders {

    private final ZoneId serverZone;
    private final Supplier<Instant> now;

    ValueEncoders(ZoneId serverZone, Supplier<Instant> now) {
        this.serverZone = serverZone;
        this.now = now;
    }

    ValueEncoder of(ColumnType type) {
        return switch (type) {
            case IntegerType t -> t.bits() <= 64 ? new IntegerEncoder(t) : new WideIntegerEncoder(t);
            case FloatType t -> new FloatEncoder(t);
            case DecimalType t -> new DecimalEncoder(t);
            case BoolType t -> new BoolEncoder();
            case StringType t -> new StringEncoder();
            case FixedStringType t -> new FixedStringEncoder(t);
            case DateType t -> new DateEncoder(false);
            case Date32Type t -> new DateEncoder(true);
            case DateTimeType t -> new DateTimeEncoder(text(t.zone()));
            case DateTime64Type t -> new DateTime64Encoder(text(t.zone()), t.precision());
            case TimeType t -> new TimeEncoder(false, 0);
            case Time64Type t -> new TimeEncoder(true, t.precision());
            case UuidType t -> new UuidEncoder();
            case Ipv4Type t -> new Ipv4Encoder();
            case Ipv6Type t -> new Ipv6Encoder();
            case EnumType t -> new EnumEncoder(t);
            case NullableType t -> new NullableEncoder(of(t.inner()));
            case LowCardinalityType t -> of(t.inner());
            case ArrayType t -> new ArrayEncoder(of(t.element()));
            case MapType t -> new MapEncoder(of(t.key()), of(t.value()));
            case TupleType t -> tuple(t.elements());
            case NestedType t -> new ArrayEncoder(tuple(t.fields()));
            case JsonType t -> new JsonObjectEncoder();
            case SimpleAggregateFunctionType t -> of(t.type());
            case GeoType t -> of(t.stored());
            case AggregateFunctionType t -> throw refused(t);
            case VariantType t -> throw refused(t);
            case OtherType t -> throw refused(t);
        };
    }

    /** Whether a column of the type can hold null by itself. */
    static boolean nullable(ColumnType type) {
        return switch (type) {
            case NullableType t -> true;
            case LowCardinalityType t -> nullable(t.inner());
            case SimpleAggregateFunctionType t -> nullable(t.type());
            default -> false;
        };
    }

    private ValueEncoder tuple(List<Element> elements) {
        var encoders = elements.stream().map(element -> of(element.type())).toList();
        var names =
                elements.stream().map(Element::name).filter(Objects::nonNull).toList();
        return names.isEmpty() ? new TupleEncoder(encoders) : new NamedTupleEncoder(names, encoders);
    }

    private BestEffortDateTime text(@Nullable String zone) {
        return new BestEffortDateTime(new LocalClock(zone == null ? serverZone : named(zone)), now);
    }

    private static ZoneId named(String zone) {
        try {
            return ZoneId.of(zone);
        } catch (DateTimeException e) {
            throw new LayoutException("Unknown time zone '%s': %s".formatted(zone, e.getMessage()));
        }
    }

    private static LayoutException refused(ColumnType type) {
        return new LayoutException(type.notInsertableFromJson().orElse(type.print()));
    }
}
