package dev.rookery.controlplane.resources;

import dev.rookery.datafile.Column;
import dev.rookery.datafile.DatasourceFile;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The columns of a data source, in the two forms that clients know. */
final class ColumnAnswer {
    private ColumnAnswer() {}

    /**
     * In a list: exactly these seven, for a strict client (client-contract.md 17).
     *
     * @param codec with its keyword, as in {@code CODEC(ZSTD(1))}
     * @param defaultValue with its keyword, as in {@code DEFAULT now()}
     */
    record Listed(
            String name,
            String type,
            @Nullable String codec,
            @Nullable String defaultValue,
            @Nullable String jsonpath,
            boolean nullable,
            String normalizedName) {
        static Listed of(Column column) {
            return new Listed(
                    column.name(),
                    column.type(),
                    codecOf(column),
                    defaultOf(column),
                    column.jsonPath(),
                    isNullable(column),
                    column.name());
        }
    }

    /** Of one data source. */
    record Detailed(
            String name,
            String type,
            @Nullable String codec,
            @Nullable String defaultValue,
            @Nullable String jsonpath,
            boolean nullable,
            String normalizedName,
            boolean auto) {
        static Detailed of(Column column) {
            return new Detailed(
                    column.name(),
                    column.type(),
                    codecOf(column),
                    defaultOf(column),
                    column.jsonPath(),
                    isNullable(column),
                    column.name(),
                    false);
        }
    }

    /** The schema on one line, as datafiles write it. */
    static String sqlSchema(DatasourceFile file) {
        return file.columns().stream().map(ColumnAnswer::sql).collect(Collectors.joining(", "));
    }

    private static String sql(Column column) {
        StringBuilder text = new StringBuilder("`" + column.name() + "` " + column.type());
        if (column.jsonPath() != null) {
            text.append(" `json:").append(column.jsonPath()).append('`');
        }
        append(text, defaultOf(column));
        append(text, codecOf(column));
        return text.toString();
    }

    private static void append(StringBuilder text, @Nullable String part) {
        if (part != null) {
            text.append(' ').append(part);
        }
    }

    private static @Nullable String codecOf(Column column) {
        return column.codec() == null ? null : "CODEC(" + column.codec() + ")";
    }

    private static @Nullable String defaultOf(Column column) {
        Column.Expression expression = column.expression();
        return expression == null ? null : (expression.kind() + " " + expression.sql()).strip();
    }

    private static boolean isNullable(Column column) {
        return column.type().startsWith("Nullable(") || column.type().startsWith("LowCardinality(Nullable(");
    }
}
