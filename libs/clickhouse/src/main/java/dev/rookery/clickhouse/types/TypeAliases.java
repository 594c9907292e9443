package dev.rookery.clickhouse.types;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Case-insensitive names and SQL aliases, as {@code system.data_type_families} lists them. */
final class TypeAliases {

    /** Families whose own name ClickHouse reads in any case; every other one must be spelled exactly. */
    private static final String[] CASE_INSENSITIVE = {
        "Bool",
        "Date",
        "Date32",
        "DateTime",
        "DateTime64",
        "Decimal",
        "Decimal32",
        "Decimal64",
        "Decimal128",
        "Decimal256",
        "Enum",
        "JSON",
        "Time",
        "Time64",
    };

    private static final Map<String, String> BY_UPPER_NAME = byUpperName();

    private TypeAliases() {}

    /** The family a name stands for, or null if it is no alias. Words are separated by one space. */
    static @Nullable String family(String name) {
        return BY_UPPER_NAME.get(name.toUpperCase(Locale.ROOT));
    }

    /** Whether some alias of more than one word starts with these words. */
    static boolean continues(String words) {
        var prefix = words.toUpperCase(Locale.ROOT) + " ";
        return BY_UPPER_NAME.keySet().stream().anyMatch(alias -> alias.startsWith(prefix));
    }

    private static Map<String, String> byUpperName() {
        var map = new HashMap<String, String>();
        for (var name : CASE_INSENSITIVE) {
            map.put(name.toUpperCase(Locale.ROOT), name);
        }
        alias(map, "Bool", "BOOLEAN");
        alias(map, "DateTime", "TIMESTAMP", "DATETIME32");
        alias(map, "Decimal", "DEC", "FIXED", "NUMERIC");
        alias(map, "FixedString", "BINARY");
        alias(map, "Float32", "FLOAT", "REAL", "SINGLE");
        alias(map, "Float64", "DOUBLE", "DOUBLE PRECISION");
        alias(map, "IPv4", "INET4");
        alias(map, "IPv6", "INET6");
        alias(map, "Int8", "BYTE", "INT1", "INT1 SIGNED", "TINYINT", "TINYINT SIGNED");
        alias(map, "Int16", "SMALLINT", "SMALLINT SIGNED");
        alias(map, "Int32", "INT", "INT SIGNED", "INTEGER", "INTEGER SIGNED", "MEDIUMINT", "MEDIUMINT SIGNED");
        alias(map, "Int64", "BIGINT", "BIGINT SIGNED", "SIGNED");
        alias(map, "UInt8", "INT1 UNSIGNED", "TINYINT UNSIGNED");
        alias(map, "UInt16", "SMALLINT UNSIGNED", "YEAR");
        alias(map, "UInt32", "INT UNSIGNED", "INTEGER UNSIGNED", "MEDIUMINT UNSIGNED");
        alias(map, "UInt64", "BIGINT UNSIGNED", "UNSIGNED", "BIT", "SET");
        alias(map, "String", "BINARY LARGE OBJECT", "BINARY VARYING", "BLOB", "BYTEA", "CHAR", "CHAR LARGE OBJECT");
        alias(map, "String", "CHAR VARYING", "CHARACTER", "CHARACTER LARGE OBJECT", "CHARACTER VARYING", "CLOB");
        alias(map, "String", "LONGBLOB", "LONGTEXT", "MEDIUMBLOB", "MEDIUMTEXT", "NATIONAL CHAR");
        alias(map, "String", "NATIONAL CHAR VARYING", "NATIONAL CHARACTER", "NATIONAL CHARACTER LARGE OBJECT");
        alias(map, "String", "NATIONAL CHARACTER VARYING", "NCHAR", "NCHAR LARGE OBJECT", "NCHAR VARYING", "NVARCHAR");
        alias(map, "String", "TEXT", "TINYBLOB", "TINYTEXT", "VARBINARY", "VARCHAR", "VARCHAR2");
        return Map.copyOf(map);
    }

    private static void alias(Map<String, String> map, String family, String... names) {
        for (var name : names) {
            map.put(name, family);
        }
    }
}
