package dev.rookery.datafile;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Builds a datafile's text line by line. */
final class DatafileLines {

    /** What needs no quotes. A dash may not come first, where two of them would start a comment. */
    private static final Pattern BARE = Pattern.compile("[A-Za-z0-9_@/:.*][A-Za-z0-9_@/:.*,=+&?-]*");

    private final StringBuilder text = new StringBuilder();
    private boolean gap;

    /** Asks for an empty line before whatever comes next. */
    void gap() {
        gap = !text.isEmpty();
    }

    void word(String name, String word) {
        line(name + " " + word);
    }

    /** A value between quotes. */
    void quoted(String name, @Nullable Located<String> value) {
        if (value != null) {
            quoted(name, value.value());
        }
    }

    /** A value between quotes, or as a block when it holds both kinds of quotes or a line end. */
    void quoted(String name, String value) {
        var quote = value.indexOf('"') < 0 ? '"' : '\'';
        if (value.indexOf('\n') >= 0 || value.indexOf(quote) >= 0) {
            block(name, value);
        } else {
            line(name + " " + quote + value + quote);
        }
    }

    /** A value between quotes if it needs them. */
    void value(String name, @Nullable Located<String> value) {
        if (value != null) {
            value(name, value.value());
        }
    }

    /** A value between quotes if it needs them. */
    void value(String name, String value) {
        if (BARE.matcher(value).matches()) {
            line(name + " " + value);
        } else {
            quoted(name, value);
        }
    }

    void choice(String name, @Nullable Located<? extends Enum<?>> choice) {
        if (choice != null) {
            line(name + " " + Words.lower(choice.value()));
        }
    }

    void bool(String name, @Nullable Located<Boolean> value) {
        if (value != null) {
            line(name + (value.value() ? " True" : " False"));
        }
    }

    void block(String name, String content) {
        line(name + " >");
        content.lines().forEach(line -> line(line.isEmpty() ? "" : "    " + line));
    }

    void description(@Nullable Located<String> description) {
        if (description != null) {
            gap();
            block("DESCRIPTION", description.value());
        }
    }

    void names(String name, List<Located<String>> names) {
        if (!names.isEmpty()) {
            gap();
            quoted(name, names.stream().map(Located::value).collect(Collectors.joining(", ")));
        }
    }

    void tokens(List<TokenGrant> tokens) {
        gap();
        for (var token : tokens) {
            line("TOKEN \"" + token.token() + "\" " + token.permission());
        }
    }

    private void line(String line) {
        if (gap) {
            text.append('\n');
            gap = false;
        }
        text.append(line).append('\n');
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
