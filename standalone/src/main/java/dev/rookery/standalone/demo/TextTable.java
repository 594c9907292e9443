package dev.rookery.standalone.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Rows as aligned plain text: numbers to the right, long cells cut, nothing that could steer a terminal. */
final class TextTable {
    private static final int WIDEST = 44;
    private static final String GAP = "  ";

    private final List<Column> columns;
    private final List<List<String>> rows;

    /** @param rows each with one cell per column; cells may hold any text */
    TextTable(List<Column> columns, List<List<String>> rows) {
        this.columns = columns;
        this.rows = rows.stream()
                .map(row -> row.stream().map(TextTable::clean).toList())
                .toList();
    }

    /** The header, a rule and the rows, without line ends. */
    List<String> lines() {
        var widths = IntStream.range(0, columns.size()).map(this::width).toArray();
        var header = line(columns.stream().map(column -> clean(column.name())).toList(), widths);
        var rule = IntStream.of(widths).mapToObj("-"::repeat).collect(Collectors.joining(GAP));
        var lines = new ArrayList<>(List.of(header, rule));
        rows.forEach(row -> lines.add(line(row, widths)));
        return List.copyOf(lines);
    }

    private int width(int column) {
        var widestCell =
                rows.stream().mapToInt(row -> length(row.get(column))).max().orElse(0);
        return Math.max(length(clean(columns.get(column).name())), widestCell);
    }

    private String line(List<String> cells, int[] widths) {
        return IntStream.range(0, widths.length)
                .mapToObj(i -> {
                    var cell = cells.get(i);
                    var padding = " ".repeat(widths[i] - length(cell));
                    return columns.get(i).numeric() ? padding + cell : cell + padding;
                })
                .collect(Collectors.joining(GAP))
                .stripTrailing();
    }

    /** Author names and paths come from strangers: a control character must not reach the terminal. */
    private static String clean(String cell) {
        var printable = cell.codePoints()
                .map(c -> isPrintable(c) ? c : ' ')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        if (length(printable) <= WIDEST) {
            return printable;
        }
        return printable.substring(0, printable.offsetByCodePoints(0, WIDEST - 3)) + "...";
    }

    private static boolean isPrintable(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    /** @param numeric whether the cells are aligned to the right */
    record Column(String name, boolean numeric) {}
}
