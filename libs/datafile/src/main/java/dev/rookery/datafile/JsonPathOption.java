package dev.rookery.datafile;

import org.jspecify.annotations.Nullable;

/**
 * The content of {@code `json:$.path`}, behind which some pages write the default inside the backticks (JP-15).
 *
 * @param path from {@code $} on
 * @param defaultStart offset in the content of the default's expression; -1 without one
 * @param problem what is wrong with the path; null when nothing is
 */
record JsonPathOption(
        String path, int defaultStart, @Nullable String problem) {

    private static final String PREFIX = "json:";
    private static final String DEFAULT = " DEFAULT ";

    static JsonPathOption of(String content) {
        var brackets = 0;
        var end = content.length();
        var defaultStart = -1;
        for (var i = PREFIX.length(); i < content.length() && defaultStart < 0; i++) {
            var c = content.charAt(i);
            if (c == '[') {
                brackets++;
            } else if (c == ']') {
                brackets--;
            } else if (brackets == 0 && content.regionMatches(true, i, DEFAULT, 0, DEFAULT.length())) {
                end = i;
                defaultStart = i + DEFAULT.length();
            }
        }
        var path = content.substring(PREFIX.length(), end).strip();
        return new JsonPathOption(path, defaultStart, problemOf(path, brackets));
    }

    private static @Nullable String problemOf(String path, int brackets) {
        if (!path.startsWith("$")) {
            return "expected a JSON path that starts with $, such as json:$.field";
        }
        if (brackets != 0) {
            return "the brackets of the JSON path do not match";
        }
        var array = path.indexOf("[:]");
        if (array >= 0 && path.indexOf("[:]", array + 1) >= 0) {
            return "arrays inside arrays are not supported: keep the whole object as String `json:$`, or one level of"
                    + " [:]";
        }
        return null;
    }
}
