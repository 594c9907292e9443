package dev.rookery.ingest.files;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** Collects the paths of JSON objects, and what is found there. One thread. */
final class ObjectShapes {
    private static final int MAX_DEPTH = 20;
    private static final int MAX_PATHS = 2_000;

    private final Map<String, Shape> shapes = new TreeMap<>();
    private long rows;

    /** What was found at one path. */
    private static final class Shape {
        private final String name;
        private final boolean array;
        private final TypeGuess type = new TypeGuess();
        private long rowsWith;
        private long nulls;
        private long lastRow = -1;

        Shape(String name, boolean array) {
            this.name = name;
            this.array = array;
        }
    }

    void add(JsonNode object) {
        for (Map.Entry<String, JsonNode> entry : object.properties()) {
            value("$" + step(entry.getKey()), CsvHeader.normal(entry.getKey()), entry.getValue(), false, 1);
        }
        rows++;
    }

    long rows() {
        return rows;
    }

    /** The columns, in the order of their paths. */
    List<AnalysisAnswer.Column> columns() {
        List<AnalysisAnswer.Column> columns = new ArrayList<>();
        shapes.forEach((path, shape) -> {
            boolean optional = shape.nulls > 0 || shape.rowsWith < rows;
            String type = shape.type.type();
            columns.add(new AnalysisAnswer.Column(
                    path,
                    shape.array ? "Array(%s)".formatted(type) : optional ? "Nullable(%s)".formatted(type) : type,
                    rows == 0 ? 0 : Math.round(100.0 * shape.type.values() / rows) / 100.0,
                    shape.name));
        });
        return columns;
    }

    private void value(String path, String name, JsonNode value, boolean array, int depth) {
        if (value.isObject() && !value.isEmpty() && depth < MAX_DEPTH) {
            for (Map.Entry<String, JsonNode> entry : value.properties()) {
                String key = CsvHeader.normal(entry.getKey());
                value(path + step(entry.getKey()), name + "_" + key, entry.getValue(), array, depth + 1);
            }
        } else if (value.isArray() && !array && elementsAre(value, true)) {
            // The place of the element is in the name too: records[:].data is records__data (SI-4).
            for (JsonNode element : value) {
                value(path + "[:]", name + "_", element, true, depth + 1);
            }
        } else if (value.isArray() && !array && elementsAre(value, false)) {
            Shape shape = shape(path + "[:]", name, true);
            value.forEach(element -> scalar(shape, element));
            seen(shape);
        } else {
            Shape shape = shape(path, name, array);
            scalar(shape, value);
            seen(shape);
        }
    }

    private static boolean elementsAre(JsonNode array, boolean objects) {
        if (array.isEmpty()) {
            return !objects;
        }
        for (JsonNode element : array) {
            if (objects ? !element.isObject() : element.isContainer()) {
                return false;
            }
        }
        return true;
    }

    private void seen(Shape shape) {
        if (shape.lastRow != rows) {
            shape.lastRow = rows;
            shape.rowsWith++;
        }
    }

    private static void scalar(Shape shape, JsonNode value) {
        if (value.isNull()) {
            shape.nulls++;
        } else if (value.isBoolean()) {
            shape.type.bool();
        } else if (value.isNumber()) {
            shape.type.number(value.asString());
        } else if (value.isString()) {
            shape.type.string(value.asString());
        } else {
            shape.type.text();
        }
    }

    /** What has no place any more is left out: a document with keys that never repeat is no table. */
    private Shape shape(String path, String name, boolean array) {
        Shape known = shapes.get(path);
        if (known != null) {
            return known;
        }
        var shape = new Shape(name, array);
        if (shapes.size() < MAX_PATHS) {
            shapes.put(path, shape);
        }
        return shape;
    }

    private static String step(String key) {
        return key.matches("[^.\\[\\]'`]+") ? "." + key : ".['" + key + "']";
    }
}
