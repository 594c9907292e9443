package dev.rookery.datafile;

import dev.rookery.datafile.TokenGrant.Permission;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Directives that name things: tokens, tags, workspaces, and the resource itself. */
final class Names {

    private Names() {}

    /** Names that SQL must be able to write: letters, digits and underscores, no digit first. */
    static boolean isResourceName(String name) {
        return !name.isEmpty()
                && !isDigit(name.charAt(0))
                && name.chars().allMatch(c -> c == '_' || isDigit(c) || isLetter(c));
    }

    /** Connections are never named in SQL and may hold dashes and dots too. */
    static boolean isConnectionName(String name) {
        return !name.isEmpty()
                && name.chars().allMatch(c -> c == '_' || c == '-' || c == '.' || isDigit(c) || isLetter(c));
    }

    static List<Located<String>> list(@Nullable RawDirective directive, String what, Problems problems) {
        if (directive == null) {
            return List.of();
        }
        var names = directive.list();
        for (var name : names) {
            if (hasMark(name.value())) {
                problems.error(
                        directive.valueAt(),
                        what + " " + Quoted.shortened(name.value()) + " holds a quote, # or --; expected plain names"
                                + " separated by commas");
            }
        }
        return names;
    }

    /** Reads a {@code TOKEN} line; {@code unsaid} is what a line with nothing but a name grants, if anything. */
    static @Nullable TokenGrant token(RawDirective directive, @Nullable Permission unsaid, Problems problems) {
        var written = directive.written();
        var space = lastSpace(written);
        var isName =
                unsaid != null && (space < 0 || !InlineValue.unquoted(written).equals(written));
        var said = space < 0 ? null : permission(written.substring(space + 1));
        var permission = isName ? unsaid : said;
        var name = InlineValue.unquoted(
                isName ? written : written.substring(0, Math.max(space, 0)).strip());
        if (permission == null || name.isEmpty() || directive.block()) {
            problems.error(directive.at(), "expected TOKEN <name> READ or TOKEN <name> APPEND");
            return null;
        }
        if (hasMark(name)) {
            problems.error(directive.valueAt(), "token name " + Quoted.shortened(name) + " holds a quote, # or --");
            return null;
        }
        return new TokenGrant(name, permission, directive.at());
    }

    private static @Nullable Permission permission(String word) {
        return switch (word.toUpperCase(Locale.ROOT)) {
            case "READ" -> Permission.READ;
            case "APPEND" -> Permission.APPEND;
            default -> null;
        };
    }

    private static int lastSpace(String text) {
        return Math.max(text.lastIndexOf(' '), text.lastIndexOf('\t'));
    }

    private static boolean hasMark(String name) {
        return name.contains("--") || name.chars().anyMatch(c -> c == '"' || c == '\'' || c == '#' || c < ' ');
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isLetter(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }
}
