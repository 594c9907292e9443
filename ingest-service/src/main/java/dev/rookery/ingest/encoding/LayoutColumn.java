package dev.rookery.ingest.encoding;

import dev.rookery.clickhouse.types.ColumnType;
import org.jspecify.annotations.Nullable;

/**
 * An insertable column of a data source.
 *
 * @param name as in the table
 * @param type as in the table
 * @param path where the value is; null if rows never carry one, and the default always applies (JP-16)
 * @param hasDefault whether the table has a DEFAULT expression, applied when the value is missing or null (JP-14)
 * @param acceptanceValue replaces the table's default, if that is to be evaluated at acceptance
 */
public record LayoutColumn(
        String name,
        ColumnType type,
        @Nullable JsonPath path,
        boolean hasDefault,
        @Nullable AcceptanceValue acceptanceValue) {

    /** A column with a path, with or without a default that ClickHouse evaluates. */
    public static LayoutColumn at(String path, String name, String type, boolean hasDefault) {
        return new LayoutColumn(name, ColumnType.parse(type), JsonPath.parse(path), hasDefault, null);
    }
}
