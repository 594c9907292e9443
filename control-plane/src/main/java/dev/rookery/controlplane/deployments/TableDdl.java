package dev.rookery.controlplane.deployments;

import dev.rookery.clickhouse.Sql;
import dev.rookery.clickhouse.defaults.AcceptedDefaults;
import dev.rookery.clickhouse.types.ColumnType;
import dev.rookery.clickhouse.types.ColumnTypeException;
import dev.rookery.datafile.Column;
import dev.rookery.datafile.DatasourceFile;
import dev.rookery.datafile.EngineSpec;
import dev.rookery.datafile.IndexSpec;
import dev.rookery.datafile.Located;
import dev.rookery.datafile.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The statements that make a data source's table what its datafile says. Everything a tenant wrote is checked first. */
final class TableDdl {
    /** What a replayed chunk may find in the log at most before it (ALGORITHMS.md I4). */
    private static final int DEDUPLICATION_WINDOW = 1000;

    /** Settings of a table that concern nobody but its tenant. */
    private static final Set<String> ALLOWED_SETTINGS = Set.of(
            "index_granularity",
            "index_granularity_bytes",
            "min_bytes_for_wide_part",
            "min_rows_for_wide_part",
            "ttl_only_drop_parts",
            "merge_with_ttl_timeout",
            "allow_nullable_key");

    private TableDdl() {}

    /** @throws DdlException saying what is wrong with the datafile, and where */
    static String create(String database, String table, DatasourceFile file) {
        List<String> elements = new ArrayList<>();
        file.columns().forEach(column -> elements.add(at(column.at(), () -> column(column))));
        elements.addAll(acceptedColumns(file));
        file.indexes().forEach(index -> elements.add(at(index.at(), () -> "INDEX " + index(index))));
        return "CREATE TABLE IF NOT EXISTS %s (\n  %s\n)\n%s"
                .formatted(Sql.table(database, table), String.join(",\n  ", elements), engine(file.engine()));
    }

    /** A table of the same columns that keeps nothing: rows that are inserted only pass through its views. */
    static String entry(String database, String table, DatasourceFile file) {
        List<String> elements = new ArrayList<>();
        file.columns()
                .forEach(column -> elements.add(column(new Column(
                        column.name(), column.type(), null, column.expression(), null, null, null, column.at()))));
        elements.addAll(acceptedColumns(file));
        return "CREATE TABLE IF NOT EXISTS %s (\n  %s\n)\nENGINE = Null"
                .formatted(Sql.table(database, table), String.join(",\n  ", elements));
    }

    /** The columns by which defaults learn of the moment of acceptance, where there are such defaults. */
    static List<String> acceptedColumns(DatasourceFile file) {
        return file.columns().stream().anyMatch(AcceptedDefaults::isDecidedInTable)
                ? AcceptedDefaults.columns()
                : List.of();
    }

    private static String at(Position position, Supplier<String> text) {
        try {
            return text.get();
        } catch (IllegalArgumentException e) {
            throw new DdlException(position.line(), e);
        }
    }

    /** The column's definition. */
    static String column(Column column) {
        StringBuilder text =
                new StringBuilder(Sql.identifier(column.name())).append(' ').append(type(column));
        Column.Expression expression = column.expression();
        if (expression != null) {
            text.append(' ').append(expression(column, expression));
        }
        if (column.comment() != null) {
            text.append(" COMMENT ").append(Sql.literal(column.comment()));
        }
        if (column.codec() != null) {
            text.append(' ').append(codec(column.codec()));
        }
        if (column.ttl() != null) {
            text.append(" TTL ").append(ExpressionGuard.expressions(column.ttl()));
        }
        return text.toString();
    }

    static String expression(Column column, Column.Expression expression) {
        String kind = expression.kind().name();
        if (expression.sql().isBlank()) {
            return kind;
        }
        String guarded = ExpressionGuard.expressions(expression.sql());
        return kind + ' ' + (AcceptedDefaults.isDecidedInTable(column) ? AcceptedDefaults.rewrite(guarded) : guarded);
    }

    static String codec(String codec) {
        return "CODEC(" + ExpressionGuard.codec(codec) + ')';
    }

    /** The column's type in ClickHouse's own spelling. */
    static String type(Column column) {
        try {
            return ColumnType.parse(column.type()).print();
        } catch (ColumnTypeException e) {
            throw new IllegalArgumentException(
                    "The type '%s' of the column '%s' is not understood: %s"
                            .formatted(column.type(), column.name(), e.getMessage()),
                    e);
        }
    }

    /** The index's definition, beginning with its name. */
    static String index(IndexSpec index) {
        String granularity = index.granularity() == null ? "" : " GRANULARITY " + index.granularity();
        return "%s %s TYPE %s%s"
                .formatted(
                        Sql.identifier(index.name()),
                        ExpressionGuard.expressions(index.expression()),
                        ExpressionGuard.indexType(index.type()),
                        granularity);
    }

    private static String engine(EngineSpec engine) {
        StringBuilder text =
                new StringBuilder("ENGINE = ").append(engine.name()).append(arguments(engine));
        if (!engine.kind().isMergeTree()) {
            return text.toString();
        }
        clause(text, "PARTITION BY", engine.partitionKey());
        clause(text, "PRIMARY KEY", engine.primaryKey());
        text.append("\nORDER BY (")
                .append(expressionsOr(engine.sortingKey(), "tuple()"))
                .append(')');
        clause(text, "SAMPLE BY", engine.samplingKey());
        Located<String> ttl = engine.ttl();
        if (ttl != null) {
            text.append("\nTTL ").append(at(ttl.at(), () -> ExpressionGuard.ttl(ttl.value())));
        }
        return text.append("\nSETTINGS ")
                .append(at(engine.at(), () -> settings(engine)))
                .toString();
    }

    private static String arguments(EngineSpec engine) {
        return switch (engine.kind()) {
            case MERGE_TREE, AGGREGATING -> "";
            case NULL -> "";
            case REPLACING -> list(identifier(engine.ver()), identifier(engine.isDeleted()));
            case SUMMING ->
                engine.summingColumns() == null ? "" : "((" + expressionsOr(engine.summingColumns(), "") + "))";
            case COLLAPSING -> list(identifier(engine.sign()));
            case VERSIONED_COLLAPSING -> list(identifier(engine.sign()), identifier(engine.version()));
            case JOIN ->
                list(
                        word(engine.joinStrictness(), "ANY"),
                        word(engine.joinType(), "LEFT"),
                        expressionsOr(engine.keyColumns(), ""));
        };
    }

    private static void clause(StringBuilder text, String words, @Nullable Located<String> expression) {
        if (expression != null && !expression.value().isBlank()) {
            text.append('\n')
                    .append(words)
                    .append(" (")
                    .append(at(expression.at(), () -> ExpressionGuard.expressions(expression.value())))
                    .append(')');
        }
    }

    /** The engine's settings with ours, separated by commas. */
    static String settings(EngineSpec engine) {
        Map<String, String> settings = new java.util.TreeMap<>();
        settings.put("non_replicated_deduplication_window", Integer.toString(DEDUPLICATION_WINDOW));
        for (EngineSpec.Setting setting : engine.settings()) {
            if (!ALLOWED_SETTINGS.contains(setting.name()) || !setting.value().matches("[0-9]{1,12}")) {
                throw new IllegalArgumentException(
                        "The table setting '%s = %s' is not allowed; allowed are whole numbers for %s"
                                .formatted(
                                        setting.name(),
                                        setting.value(),
                                        ALLOWED_SETTINGS.stream().sorted().collect(Collectors.joining(", "))));
            }
            settings.put(setting.name(), setting.value());
        }
        return settings.entrySet().stream()
                .map(entry -> entry.getKey() + " = " + entry.getValue())
                .collect(Collectors.joining(", "));
    }

    private static String expressionsOr(@Nullable Located<String> expression, String otherwise) {
        return expression == null || expression.value().isBlank()
                ? otherwise
                : at(expression.at(), () -> ExpressionGuard.expressions(expression.value()));
    }

    private static String identifier(@Nullable Located<String> column) {
        return column == null ? "" : Sql.identifier(column.value());
    }

    private static String word(@Nullable Located<String> word, String otherwise) {
        return word == null ? otherwise : at(word.at(), () -> ExpressionGuard.joinWord(word.value()));
    }

    private static String list(String... arguments) {
        String joined = Stream.of(arguments).filter(text -> !text.isEmpty()).collect(Collectors.joining(", "));
        return joined.isEmpty() ? "" : "(" + joined + ")";
    }
}
