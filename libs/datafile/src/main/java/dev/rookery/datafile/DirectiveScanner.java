package dev.rookery.datafile;

import dev.rookery.datafile.DatafilePath.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a file into directives. A block opened with {@code >} goes on until a line that starts at column 1 with a word
 * that can only be a directive, because real projects write SQL, a template's {@code %} and closing tags at column 1.
 */
final class DirectiveScanner {

    /** Upper-case words that start SQL lines, so that a typo is looked for only in the others. */
    private static final Set<String> SQL_WORDS = Set.of(
            "SELECT",
            "FROM",
            "WHERE",
            "GROUP",
            "ORDER",
            "HAVING",
            "LIMIT",
            "OFFSET",
            "UNION",
            "WITH",
            "AND",
            "OR",
            "NOT",
            "ON",
            "USING",
            "JOIN",
            "LEFT",
            "RIGHT",
            "INNER",
            "FULL",
            "CROSS",
            "ANY",
            "ALL",
            "ASOF",
            "GLOBAL",
            "PREWHERE",
            "ARRAY",
            "FINAL",
            "SAMPLE",
            "AS",
            "CASE",
            "WHEN",
            "THEN",
            "ELSE",
            "END",
            "IN",
            "LIKE",
            "ILIKE",
            "BETWEEN",
            "IS",
            "NULL",
            "SETTINGS",
            "FORMAT",
            "DISTINCT",
            "EXCEPT",
            "INTERSECT",
            "WINDOW",
            "QUALIFY",
            "FILL",
            "STEP",
            "TO",
            "BY",
            "INTERVAL",
            "DATE",
            "EXISTS",
            "OVER",
            "PARTITION",
            "ROWS",
            "RANGE",
            "VALUES",
            "TOP",
            "ASC",
            "DESC",
            "TIES",
            "COLUMNS",
            "REPLACE",
            "APPLY",
            "INTERPOLATE",
            "SEMI",
            "ANTI",
            "OUTER");

    private static final Set<String> TYPES =
            Set.of("ENDPOINT", "MATERIALIZED", "COPY", "SINK", "KAFKA", "S3", "GCS", "S3_IAMROLE", "GCS_HMAC");

    private final SourceText source;
    private final String text;
    private final Kind kind;
    private final Problems problems;
    private final List<RawDirective> directives = new ArrayList<>();
    private @Nullable OpenBlock open;

    private DirectiveScanner(SourceText source, Kind kind, Problems problems) {
        this.source = source;
        this.text = source.text();
        this.kind = kind;
        this.problems = problems;
    }

    static List<RawDirective> scan(SourceText source, Kind kind, Problems problems) {
        return new DirectiveScanner(source, kind, problems).run();
    }

    private List<RawDirective> run() {
        var skipping = false;
        for (var line = 0; line < source.lineCount(); line++) {
            var start = source.lineStart(line);
            var end = source.lineEnd(line);
            var first = source.skipBlanks(start, end);
            if (text.substring(first, end).isBlank()) {
                skipping = false;
            } else if (!belongsToBlock(start, first, end)) {
                closeBlock();
                skipping = outsideBlock(first, end, skipping);
            }
        }
        closeBlock();
        return List.copyOf(directives);
    }

    /** Reads a line that no block claims. Of consecutive lines that are no directives only the first is reported. */
    private boolean outsideBlock(int first, int end, boolean skipping) {
        if (text.charAt(first) == '#' || text.startsWith("--", first)) {
            return skipping;
        }
        var wordEnd = wordEnd(first, end);
        if (wordEnd == first) {
            if (!skipping) {
                problems.error(
                        source.position(first),
                        "expected a directive in upper case at the start of the line, such as "
                                + Vocabulary.of(kind).getFirst()
                                + "; a value of several lines starts with \"NAME >\" and is indented");
            }
            return true;
        }
        var word = text.substring(first, wordEnd);
        var name = word.toUpperCase(Locale.ROOT);
        var valueStart = source.skipBlanks(wordEnd, end);
        var isBlock = valueStart < end && text.charAt(valueStart) == '>';
        var known = known(word, name, source.position(first), skipping);
        if (isBlock) {
            open = new OpenBlock(known ? name : null, source.position(first), valueStart + 1, end);
        } else if (known) {
            var valueEnd =
                    valueStart + text.substring(valueStart, end).stripTrailing().length();
            directives.add(new RawDirective(name, source.position(first), source, valueStart, valueEnd, false));
        }
        return !known;
    }

    private boolean known(String word, String name, Position at, boolean skipping) {
        if (Vocabulary.of(kind).contains(name)) {
            return true;
        }
        var older = Vocabulary.OLDER.get(name);
        if (older != null) {
            problems.error(at, name + " is not a directive: " + older);
        } else if (Vocabulary.knows(name)) {
            problems.error(at, misplaced(name));
        } else if (!skipping) {
            var meant = Suggestions.nearest(name, Vocabulary.of(kind));
            problems.error(
                    at,
                    "unknown directive " + Quoted.shortened(word)
                            + meant.map(m -> "; did you mean " + m + "?").orElse(""));
        }
        return false;
    }

    private String misplaced(String name) {
        if (kind == Kind.PIPE && (name.equals("ENGINE") || name.startsWith("ENGINE_") || name.equals("SCHEMA"))) {
            return name + " in a pipe belongs to the older syntax: move it to datasources/<target>.datasource, the file"
                    + " that DATASOURCE names";
        }
        if (kind == Kind.DATASOURCE && Vocabulary.KAFKA_CONNECTION.contains(name)) {
            return name + " belongs to a connection: move it to connections/<name>.connection and write"
                    + " KAFKA_CONNECTION_NAME <name> here";
        }
        return name + " does not belong to a " + kind.label() + " file";
    }

    private boolean belongsToBlock(int start, int first, int end) {
        var block = open;
        if (block == null) {
            return false;
        }
        if (first > start) {
            block.indented = block.indented || block.lines == 0;
            block.take(end);
            return true;
        }
        if (Block.isComment(text.substring(start, Math.min(end, start + 2)))) {
            return true;
        }
        var wordEnd = wordEnd(first, end);
        if (wordEnd > first && startsDirective(block, text.substring(first, wordEnd), wordEnd, end)) {
            return false;
        }
        if (text.charAt(first) == '%' && block.lines == 0) {
            block.end = end;
        } else {
            block.take(end);
        }
        return true;
    }

    private boolean startsDirective(OpenBlock block, String word, int wordEnd, int end) {
        var name = word.toUpperCase(Locale.ROOT);
        var valueStart = source.skipBlanks(wordEnd, end);
        if (Vocabulary.knows(name)) {
            if (word.equals(name)) {
                return true;
            }
            if (name.equals("TYPE")) {
                var value = InlineValue.of(text.substring(valueStart, end));
                return TYPES.contains(value.toUpperCase(Locale.ROOT));
            }
            return block.indented
                    && !block.isProse()
                    && word.equals(word.toLowerCase(Locale.ROOT))
                    && valueStart < end
                    && ",=()".indexOf(text.charAt(valueStart)) < 0
                    && Vocabulary.of(kind).contains(name);
        }
        return block.indented && !block.isProse() && word.equals(name) && isTypo(name);
    }

    private boolean isTypo(String name) {
        return name.length() > 2
                && name.length() <= 64
                && !SQL_WORDS.contains(name)
                && Suggestions.nearest(name, Vocabulary.of(kind), name.length() < 6 ? 1 : 2)
                        .isPresent();
    }

    /** The end of the word that starts here; the start itself unless white space, {@code >} or the line's end follows. */
    private int wordEnd(int first, int end) {
        var i = first;
        while (i < end && isWordCharacter(text.charAt(i))) {
            i++;
        }
        var startsLikeWord = i > first && !Character.isDigit(text.charAt(first));
        var endsLikeWord = i == end || text.charAt(i) == '>' || Character.isWhitespace(text.charAt(i));
        return startsLikeWord && endsLikeWord ? i : first;
    }

    private static boolean isWordCharacter(char c) {
        return c == '_' || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    }

    private void closeBlock() {
        var block = open;
        open = null;
        if (block != null && block.name != null) {
            directives.add(new RawDirective(block.name, block.at, source, block.start, block.end, true));
        }
    }

    /** A block that has not ended yet; without a name when its directive was refused. */
    private static final class OpenBlock {
        final @Nullable String name;
        final Position at;
        final int start;
        int end;
        int lines;
        boolean indented;

        OpenBlock(@Nullable String name, Position at, int start, int end) {
            this.name = name;
            this.at = at;
            this.start = start;
            this.end = end;
        }

        /** In prose any word may start a line; the TypeScript SDK indents only the first line of a description. */
        boolean isProse() {
            return "DESCRIPTION".equals(name);
        }

        void take(int lineEnd) {
            end = lineEnd;
            lines++;
        }
    }
}
