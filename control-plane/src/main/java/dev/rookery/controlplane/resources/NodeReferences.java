package dev.rookery.controlplane.resources;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.rookery.catalog.snapshot.PipeEntry;
import dev.rookery.datafile.PipeNode;
import dev.rookery.sql.ReferenceKind;
import dev.rookery.sql.SqlAnalyzer;
import dev.rookery.sql.SqlException;
import dev.rookery.sql.TableReference;
import dev.rookery.template.RenderRequest;
import dev.rookery.template.Template;
import dev.rookery.template.TemplateException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The names that nodes read from, worked out once per pipe of a deployment. A template is read twice: as it renders
 * without parameters, and by what stands behind its FROMs and JOINs, for the branches that this leaves out. Thread safe.
 */
final class NodeReferences {
    private static final Pattern READ =
            Pattern.compile("(?i)\\b(?:from|join)\\s+`?([a-z_][a-z0-9_]*(?:`?\\.`?[a-z_][a-z0-9_]*)?)`?");

    private final LoadingCache<PipeEntry, Map<String, Set<String>>> pipes =
            Caffeine.newBuilder().weakKeys().build(NodeReferences::read);

    /** Names of tables as the node writes them, {@code workspace.datasource} for those with a database; some may be unknown. */
    Set<String> of(PipeEntry pipe, PipeNode node) {
        return pipes.get(pipe).getOrDefault(node.name(), Set.of());
    }

    private static Map<String, Set<String>> read(PipeEntry pipe) {
        Map<String, Set<String>> nodes = new HashMap<>();
        pipe.file().nodes().forEach(node -> nodes.put(node.name(), read(node)));
        return nodes;
    }

    private static Set<String> read(PipeNode node) {
        Set<String> names = new TreeSet<>();
        String text = node.sql().text();
        if (node.sql().isTemplate()) {
            READ.matcher(text).results().forEach(read -> names.add(read.group(1).replace("`", "")));
        }
        try {
            String sql = node.sql().isTemplate() ? render(node) : text;
            SqlAnalyzer.analyze(sql).references().stream()
                    .filter(reference -> reference.kind() != ReferenceKind.TABLE_FUNCTION)
                    .map(NodeReferences::name)
                    .forEach(names::add);
        } catch (TemplateException | SqlException withoutParameters) {
            // What can be told without the parameters of a request has been read from the text.
            return names;
        }
        return names;
    }

    private static String render(PipeNode node) {
        return Template.compile(node.sql().text(), node.name())
                .render(RenderRequest.of(Map.of()).withSecrets(_ -> Optional.of("")))
                .sql();
    }

    private static String name(TableReference reference) {
        return reference.database() == null ? reference.name() : reference.database() + "." + reference.name();
    }
}
