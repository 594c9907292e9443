package dev.rookery.ingest.files;

import dev.rookery.ingest.encoding.LayoutColumn;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Whether a CSV's first row names columns, and which (DS-24). */
final class CsvHeader {
    private static final int OTHER = -1;

    private CsvHeader() {}

    /** For each field of a CSV without header the column at its place. */
    static int[] byPosition(int columns) {
        int[] mapping = new int[columns];
        Arrays.setAll(mapping, i -> i);
        return mapping;
    }

    /**
     * For each field of the header the index of the column it names, or -1 for one that the data source does not have;
     * empty when the row is no header. It is one when it names every column that a row cannot do without, and at least
     * half of all.
     */
    static int[] of(List<String> row, List<LayoutColumn> columns, List<Boolean> optional) {
        int[] mapping = new int[row.size()];
        boolean[] named = new boolean[columns.size()];
        for (int field = 0; field < mapping.length; field++) {
            mapping[field] = find(row.get(field), columns);
            if (mapping[field] != OTHER) {
                if (named[mapping[field]]) {
                    return new int[0];
                }
                named[mapping[field]] = true;
            }
        }
        int count = 0;
        for (int column = 0; column < named.length; column++) {
            if (named[column]) {
                count++;
            } else if (!optional.get(column)) {
                return new int[0];
            }
        }
        return 2 * count >= named.length ? mapping : new int[0];
    }

    private static int find(String field, List<LayoutColumn> columns) {
        String normal = normal(field);
        int found = OTHER;
        for (int i = 0; i < columns.size(); i++) {
            String name = columns.get(i).name();
            if (name.equals(field)) {
                return i;
            }
            if (found == OTHER && (name.equals(normal) || normal(name).equals(normal))) {
                found = i;
            }
        }
        return found;
    }

    /** A header's text as a column name (SI-6): lower case, anything but letters, digits and _ made one _ each. */
    static String normal(String header) {
        String name = header.strip().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_]", "_");
        return name.isEmpty() || !Character.isDigit(name.charAt(0)) ? name : "c_" + name;
    }
}
