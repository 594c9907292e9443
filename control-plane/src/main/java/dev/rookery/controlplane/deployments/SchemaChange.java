package dev.rookery.controlplane.deployments;

import dev.rookery.clickhouse.Sql;
import dev.rookery.datafile.Column;
import dev.rookery.datafile.Column.ExpressionKind;
import dev.rookery.datafile.DatasourceFile;
import dev.rookery.datafile.EngineSpec;
import dev.rookery.datafile.IndexSpec;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a changed datafile means for the table. */
sealed interface SchemaChange {
    /** Table settings that ClickHouse changes without writing anything anew. */
    Set<String> ALTERABLE_SETTINGS = Set.of(
            "ttl_only_drop_parts", "merge_with_ttl_timeout", "min_bytes_for_wide_part", "min_rows_for_wide_part");

    /**
     * The table stays, and is altered when the deployment goes live; older rows answer new columns with their default.
     *
     * @param alterations what follows ALTER TABLE and the name; each may be repeated
     */
    record InPlace(List<String> alterations) implements SchemaChange {
        public InPlace {
            alterations = List.copyOf(alterations);
        }
    }

    /**
     * The table must be made anew.
     *
     * @param reason what changed, as the beginning of a sentence
     * @param mismatch why rows cannot be carried over as they are (DEP-16); null when they can
     */
    record Rebuild(String reason, @Nullable String mismatch) implements SchemaChange {}

    static SchemaChange between(DatasourceFile before, DatasourceFile after) {
        String mismatch = mismatch(before, after);
        if (mismatch != null) {
            return new Rebuild(mismatch, mismatch);
        }
        if (!fixedPart(before.engine()).equals(fixedPart(after.engine()))) {
            return new Rebuild("The engine or one of its keys changes", null);
        }
        List<String> alterations = new ArrayList<>();
        TableDdl.acceptedColumns(after).forEach(column -> alterations.add("ADD COLUMN IF NOT EXISTS " + column));
        int accepted = alterations.size();
        for (int i = 0, old = 0; i < after.columns().size(); i++) {
            Column now = after.columns().get(i);
            Column was = column(before, now.name());
            if (was == null) {
                String place = i == 0
                        ? "FIRST"
                        : "AFTER " + Sql.identifier(after.columns().get(i - 1).name());
                alterations.add("ADD COLUMN IF NOT EXISTS %s %s".formatted(TableDdl.column(now), place));
                continue;
            }
            if (!before.columns().get(old++).name().equals(now.name())) {
                return new Rebuild("The columns change their order", null);
            }
            if (isComputed(was) || isComputed(now)) {
                if (!Objects.equals(was.expression(), now.expression())) {
                    return new Rebuild("The expression of the column '%s' changes".formatted(now.name()), null);
                }
            }
            alterations.addAll(columnAlterations(was, now));
        }
        alterations.addAll(indexAlterations(before, after));
        alterations.addAll(engineAlterations(before.engine(), after.engine()));
        // What acceptance needs is there already, unless something else is altered.
        return new InPlace(alterations.size() == accepted ? List.of() : alterations);
    }

    private static @Nullable String mismatch(DatasourceFile before, DatasourceFile after) {
        for (Column was : before.columns()) {
            Column now = column(after, was.name());
            if (now == null) {
                return "The column '%s' is removed".formatted(was.name());
            }
            if (!TableDdl.type(was).equals(TableDdl.type(now))) {
                return "The type of the column '%s' changes from %s to %s"
                        .formatted(was.name(), was.type(), now.type());
            }
        }
        return null;
    }

    private static @Nullable Column column(DatasourceFile file, String name) {
        return file.columns().stream()
                .filter(column -> column.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    private static boolean isComputed(Column column) {
        Column.Expression expression = column.expression();
        return expression != null && expression.kind() != ExpressionKind.DEFAULT;
    }

    private static List<String> columnAlterations(Column was, Column now) {
        List<String> alterations = new ArrayList<>();
        String modify = "MODIFY COLUMN " + Sql.identifier(now.name()) + " ";
        if (!Objects.equals(was.expression(), now.expression())) {
            alterations.add(modify
                    + (now.expression() == null ? "REMOVE DEFAULT" : TableDdl.expression(now, now.expression())));
        }
        if (!Objects.equals(was.comment(), now.comment())) {
            alterations.add(modify + "COMMENT " + Sql.literal(Objects.requireNonNullElse(now.comment(), "")));
        }
        if (!Objects.equals(was.codec(), now.codec())) {
            alterations.add(modify + (now.codec() == null ? "REMOVE CODEC" : TableDdl.codec(now.codec())));
        }
        if (!Objects.equals(was.ttl(), now.ttl())) {
            alterations.add(
                    modify + (now.ttl() == null ? "REMOVE TTL" : "TTL " + ExpressionGuard.expressions(now.ttl())));
        }
        return alterations;
    }

    private static List<String> indexAlterations(DatasourceFile before, DatasourceFile after) {
        List<String> alterations = new ArrayList<>();
        Set<IndexSpec> kept = new HashSet<>(before.indexes());
        kept.retainAll(after.indexes());
        before.indexes().stream()
                .filter(index -> !kept.contains(index))
                .forEach(index -> alterations.add("DROP INDEX IF EXISTS " + Sql.identifier(index.name())));
        after.indexes().stream()
                .filter(index -> !kept.contains(index))
                .forEach(index -> alterations.add("ADD INDEX IF NOT EXISTS " + TableDdl.index(index)));
        return alterations;
    }

    private static List<String> engineAlterations(EngineSpec before, EngineSpec after) {
        List<String> alterations = new ArrayList<>();
        if (!Objects.equals(before.ttl(), after.ttl())) {
            alterations.add(
                    after.ttl() == null
                            ? "REMOVE TTL"
                            : "MODIFY TTL " + ExpressionGuard.ttl(after.ttl().value()));
        }
        if (!before.settings().equals(after.settings())) {
            alterations.add("MODIFY SETTING " + TableDdl.settings(after));
            Set<String> names =
                    after.settings().stream().map(EngineSpec.Setting::name).collect(Collectors.toSet());
            before.settings().stream()
                    .map(EngineSpec.Setting::name)
                    .filter(name -> !names.contains(name))
                    .forEach(name -> alterations.add("RESET SETTING " + name));
        }
        return alterations;
    }

    /** What of an engine ClickHouse does not alter. */
    private static EngineSpec fixedPart(EngineSpec engine) {
        return new EngineSpec(
                engine.kind(),
                engine.sortingKey(),
                engine.partitionKey(),
                engine.primaryKey(),
                engine.samplingKey(),
                null,
                engine.ver(),
                engine.isDeleted(),
                engine.sign(),
                engine.version(),
                engine.summingColumns(),
                engine.joinStrictness(),
                engine.joinType(),
                engine.keyColumns(),
                engine.settings().stream()
                        .filter(setting -> !ALTERABLE_SETTINGS.contains(setting.name()))
                        .toList(),
                engine.at());
    }
}
