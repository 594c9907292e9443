package dev.rookery.controlplane.resources;

import dev.rookery.datafile.EngineSpec;
import dev.rookery.datafile.Located;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The engine of a data source, in the two forms that clients know. */
final class EngineAnswer {
    private static final String NO_KEY = "tuple()";

    private EngineAnswer() {}

    /** In a list: exactly these four, for a strict client (client-contract.md 17). */
    record Listed(String engine, String engineSortingKey, String enginePartitionKey, String enginePrimaryKey) {}

    static Listed listed(EngineSpec engine) {
        return new Listed(engine.name(), sortingKey(engine), text(engine.partitionKey()), primaryKey(engine));
    }

    /** One data source: names without a prefix, and the whole engine as ClickHouse writes it. */
    static Map<String, String> detailed(EngineSpec engine) {
        Map<String, String> answer = new LinkedHashMap<>();
        answer.put("engine", engine.name());
        answer.put("engine_full", full(engine));
        answer.put("sorting_key", sortingKey(engine));
        answer.put("partition_key", text(engine.partitionKey()));
        answer.put("primary_key", primaryKey(engine));
        put(answer, "sampling_key", engine.samplingKey());
        put(answer, "engine_ver", engine.ver());
        put(answer, "engine_is_deleted", engine.isDeleted());
        put(answer, "engine_sign", engine.sign());
        put(answer, "engine_version", engine.version());
        put(answer, "engine_summing_columns", engine.summingColumns());
        return answer;
    }

    private static void put(Map<String, String> answer, String name, @Nullable Located<String> value) {
        if (value != null) {
            answer.put(name, value.value());
        }
    }

    private static String full(EngineSpec engine) {
        StringBuilder text = new StringBuilder(engine.name()).append(arguments(engine));
        if (!engine.kind().isMergeTree()) {
            return text.toString();
        }
        clause(text, "PARTITION BY", text(engine.partitionKey()));
        clause(text, "PRIMARY KEY", tuple(text(engine.primaryKey())));
        clause(text, "ORDER BY", tuple(sortingKey(engine)));
        clause(text, "SAMPLE BY", text(engine.samplingKey()));
        clause(text, "TTL", text(engine.ttl()));
        clause(
                text,
                "SETTINGS",
                engine.settings().stream()
                        .map(setting -> setting.name() + " = " + setting.value())
                        .collect(Collectors.joining(", ")));
        return text.toString();
    }

    private static String arguments(EngineSpec engine) {
        String summing = tuple(text(engine.summingColumns()));
        String joined = Stream.of(
                        text(engine.joinStrictness()),
                        text(engine.joinType()),
                        text(engine.keyColumns()),
                        text(engine.ver()),
                        text(engine.isDeleted()),
                        text(engine.sign()),
                        text(engine.version()),
                        summing)
                .filter(argument -> !argument.isEmpty())
                .collect(Collectors.joining(", "));
        return joined.isEmpty() ? "" : "(" + joined + ")";
    }

    private static void clause(StringBuilder text, String words, String value) {
        if (!value.isEmpty()) {
            text.append(' ').append(words).append(' ').append(value);
        }
    }

    private static String sortingKey(EngineSpec engine) {
        if (!engine.kind().isMergeTree()) {
            return text(engine.keyColumns());
        }
        String key = text(engine.sortingKey());
        return key.isEmpty() ? NO_KEY : key;
    }

    /** ClickHouse's primary key is the sorting key, where none is given. */
    private static String primaryKey(EngineSpec engine) {
        String key = text(engine.primaryKey());
        return key.isEmpty() ? sortingKey(engine) : key;
    }

    private static String text(@Nullable Located<String> value) {
        return value == null ? "" : value.value();
    }

    /** Several expressions in brackets, one as it is. */
    private static String tuple(String key) {
        int depth = 0;
        for (int i = 0; i < key.length(); i++) {
            char c = key.charAt(i);
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (c == ',' && depth == 0) {
                return "(" + key + ")";
            }
        }
        return key;
    }
}
