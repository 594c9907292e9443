package dev.rookery.ingest.encoding;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A value of the row that columns want, or that leads to one: all paths of a layout merged into one tree. */
final class PathNode {

    private final Map<String, PathNode> children = new HashMap<>();
    private final List<Integer> columns = new ArrayList<>();

    /** The tree of a layout; a path through {@code [:]} ends at the array, the rest is its encoder's. */
    static PathNode tree(List<LayoutColumn> columns) {
        var root = new PathNode();
        for (int i = 0; i < columns.size(); i++) {
            var path = columns.get(i).path();
            if (path != null) {
                root.add(path, i);
            }
        }
        return root;
    }

    private void add(JsonPath path, int column) {
        var node = this;
        for (var step : path.steps()) {
            if (!(step instanceof JsonPath.Key key)) {
                break;
            }
            node = node.children.computeIfAbsent(key.name(), name -> new PathNode());
        }
        node.columns.add(column);
    }

    @Nullable
    PathNode child(String key) {
        return children.get(key);
    }

    boolean isLeaf() {
        return children.isEmpty();
    }

    /** Indexes of the columns that take this value. */
    List<Integer> columns() {
        return columns;
    }
}
