package dev.rookery.datafile;

import java.util.ArrayList;
import java.util.List;

/**
 * A directive as it stands in the file: its word, and the slice of text that belongs to it.
 *
 * @param name in upper case
 * @param at the word's place
 * @param source the whole file
 * @param start offset of the value's first character; for a block, of whatever follows the {@code >}
 * @param end offset behind the value
 * @param block whether the value was opened with {@code >}
 */
record RawDirective(String name, Position at, SourceText source, int start, int end, boolean block) {

    Position valueAt() {
        var text = source.text();
        var i = start;
        while (i < end && Character.isWhitespace(text.charAt(i))) {
            i++;
        }
        return i < end ? source.position(i) : at;
    }

    /** The value of a block or of free text: a block loses the indentation its lines share, a line its quotes. */
    SqlText text() {
        if (!block) {
            var line = source.text().substring(start, end).strip();
            return new SqlText(InlineValue.unquoted(line).strip(), valueAt());
        }
        return Block.of(source, start, end);
    }

    /** What follows the word on its line, without a comment but with its quotes. */
    String written() {
        return InlineValue.uncommented(source.text().substring(start, end));
    }

    /** The value of a setting: without quotes, and without a comment behind it. */
    String value() {
        return block ? text().text() : InlineValue.of(source.text().substring(start, end));
    }

    /** The parts of a list separated by commas and line ends, each without quotes, empty ones left out. */
    List<Located<String>> list() {
        var parts = new ArrayList<Located<String>>();
        var content = block ? source.text().substring(start, end) : value();
        for (var line : content.split("\n", -1)) {
            var uncommented = block ? InlineValue.of(line) : line;
            for (var part : uncommented.split(",", -1)) {
                var value = InlineValue.unquoted(part.strip());
                if (!value.isEmpty()) {
                    parts.add(new Located<>(value, at));
                }
            }
        }
        return List.copyOf(parts);
    }
}
