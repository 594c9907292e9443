package dev.rookery.template;

import dev.rookery.template.TemplateNode.Branch;
import dev.rookery.template.TemplateNode.Tag;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Splits a template into its SQL and its tags, as Tornado does, and compiles them. */
final class TemplateParser {
    private static final int MAX_NESTING = 64;
    private static final Set<String> UNSUPPORTED = Set.of(
            "while",
            "try",
            "except",
            "finally",
            "block",
            "extends",
            "include",
            "import",
            "from",
            "module",
            "apply",
            "raw",
            "autoescape",
            "whitespace",
            "super",
            "break",
            "continue");

    private final String source;
    private final Names names = new Names();
    private int at;
    private int nesting;

    /** The tag that ended the last body: {@code end}, {@code else}, {@code elif}, or null at the end of the source. */
    private @Nullable Directive closing;

    /** A block tag: its word, and where the rest of it stands. */
    private record Directive(String word, int offset, Tag tag) {}

    TemplateParser(String source, int from) {
        this.source = source;
        this.at = from;
    }

    Names names() {
        return names;
    }

    List<TemplateNode> parse() {
        var body = body();
        if (closing != null) {
            throw new SyntaxProblem(closing.offset(), "{% " + closing.word() + " %} without an open block");
        }
        return body;
    }

    private List<TemplateNode> body() {
        if (++nesting > MAX_NESTING) {
            throw new SyntaxProblem(at, "blocks are nested more than " + MAX_NESTING + " deep");
        }
        closing = null;
        var nodes = new ArrayList<TemplateNode>();
        var text = new StringBuilder();
        while (closing == null && at < source.length()) {
            var open = source.indexOf('{', at);
            if (open < 0 || open + 1 == source.length()) {
                text.append(source, at, source.length());
                at = source.length();
                break;
            }
            text.append(source, at, open);
            at = open;
            var kind = source.charAt(open + 1);
            if ((kind == '{' || kind == '%' || kind == '#') && source.startsWith("!", open + 2)) {
                text.append('{').append(kind);
                at = open + 3;
            } else if (kind == '#') {
                at = closed("#}", "comment");
            } else if (kind == '{') {
                flush(text, nodes);
                nodes.add(output());
            } else if (kind == '%') {
                flush(text, nodes);
                directive(nodes);
            } else {
                text.append('{');
                at++;
            }
        }
        flush(text, nodes);
        nesting--;
        return List.copyOf(nodes);
    }

    private static void flush(StringBuilder text, List<TemplateNode> nodes) {
        if (!text.isEmpty()) {
            nodes.add(new TemplateNode.Text(new SqlText(text.toString())));
            text.setLength(0);
        }
    }

    private int closed(String end, String what) {
        var found = source.indexOf(end, at + 2);
        if (found < 0) {
            throw new SyntaxProblem(at, "the " + what + " is not closed with " + end);
        }
        return found + end.length();
    }

    private TemplateNode output() {
        var open = at;
        var tag = tag("}}", "expression");
        if (tag.from() == tag.to()) {
            throw new SyntaxProblem(open, "the expression is empty");
        }
        return new TemplateNode.Output(tag, new ExpressionParser(source, tag.from(), tag.to(), names).whole());
    }

    /** The inside of the tag that opens here, without blanks around it; moves behind the tag. */
    private Tag tag(String end, String what) {
        var close = closingAt(end);
        if (close < 0) {
            throw new SyntaxProblem(at, "the " + what + " is not closed with " + end);
        }
        var from = at + 2;
        var to = close;
        while (from < to && Character.isWhitespace(source.charAt(from))) {
            from++;
        }
        while (to > from && Character.isWhitespace(source.charAt(to - 1))) {
            to--;
        }
        at = close + end.length();
        return new Tag(from, to);
    }

    /**
     * Where the tag ends: the first end mark outside of strings and brackets, so that dictionaries may end in two
     * braces; in an expression that has no such place, the first mark at all.
     */
    private int closingAt(String end) {
        var depth = 0;
        char quote = 0;
        for (var i = at + 2; i < source.length(); i++) {
            var c = source.charAt(i);
            if (quote != 0) {
                if (c == '\\') {
                    i++;
                } else if (c == quote) {
                    quote = 0;
                }
            } else if (depth == 0 && source.startsWith(end, i)) {
                return i;
            } else if (c == '\'' || c == '"') {
                quote = c;
            } else if (c == '(' || c == '[' || c == '{') {
                depth++;
            } else if (c == ')' || c == ']' || c == '}') {
                depth = Math.max(0, depth - 1);
            }
        }
        return source.indexOf(end, at + 2);
    }

    private void directive(List<TemplateNode> nodes) {
        var open = at;
        var from = at + 2;
        while (from < source.length() && Character.isWhitespace(source.charAt(from))) {
            from++;
        }
        var to = from;
        while (to < source.length() && Character.isLetter(source.charAt(to))) {
            to++;
        }
        var word = source.substring(from, to);
        if (word.equals("comment")) {
            // Its text is free, so quotes in it mean nothing.
            at = closed("%}", "comment");
            return;
        }
        var whole = tag("%}", "tag");
        var start = to;
        while (start < whole.to() && Character.isWhitespace(source.charAt(start))) {
            start++;
        }
        var directive = new Directive(word, open, new Tag(Math.min(start, whole.to()), whole.to()));
        switch (word) {
            case "if" -> nodes.add(choice(directive));
            case "for" -> nodes.add(loop(directive));
            case "set" -> nodes.add(assignment(directive));
            case "end", "endif", "endfor" -> closing = plain(new Directive("end", open, directive.tag()));
            case "else" -> closing = plain(directive);
            case "elif" -> closing = directive;
            default -> throw unknown(directive);
        }
    }

    private Directive plain(Directive directive) {
        if (directive.tag().from() != directive.tag().to()) {
            throw new SyntaxProblem(directive.offset(), "{% " + directive.word() + " %} takes no expression");
        }
        return directive;
    }

    private SyntaxProblem unknown(Directive directive) {
        return new SyntaxProblem(
                directive.offset(),
                directive.word().isEmpty()
                        ? "the tag is empty"
                        : UNSUPPORTED.contains(directive.word())
                                ? "the tag {% " + directive.word() + " %} is not supported"
                                : "unknown tag {% " + directive.word() + " %}");
    }

    private TemplateNode choice(Directive opening) {
        var branches = new ArrayList<Branch>();
        var condition = opening;
        while (true) {
            var expression = expression(condition).whole();
            branches.add(new Branch(condition.tag(), expression, body()));
            var end = closed(opening);
            if (end.word().equals("end")) {
                closing = null;
                return new TemplateNode.Choice(List.copyOf(branches), List.of(), false);
            }
            if (end.word().equals("else")) {
                var otherwise = body();
                end(opening);
                return new TemplateNode.Choice(List.copyOf(branches), otherwise, true);
            }
            condition = end;
        }
    }

    private TemplateNode loop(Directive opening) {
        var parser = expression(opening);
        var targets = parser.targets();
        parser.expectIn();
        var elements = parser.whole();
        var body = body();
        end(opening);
        return new TemplateNode.Loop(opening.tag(), targets, elements, body);
    }

    private TemplateNode assignment(Directive directive) {
        var parser = expression(directive);
        var targets = parser.targets();
        var operator = parser.assignment();
        if (operator != null && targets.size() > 1) {
            throw new SyntaxProblem(directive.offset(), "an augmented assignment has one target");
        }
        return new TemplateNode.Assignment(directive.tag(), targets, operator, parser.whole());
    }

    private ExpressionParser expression(Directive directive) {
        if (directive.tag().from() == directive.tag().to()) {
            throw new SyntaxProblem(directive.offset(), "{% " + directive.word() + " %} misses its expression");
        }
        return new ExpressionParser(
                source, directive.tag().from(), directive.tag().to(), names);
    }

    private Directive closed(Directive opening) {
        var end = closing;
        if (end == null) {
            throw new SyntaxProblem(opening.offset(), "missing {% end %} for {% " + opening.word() + " %}");
        }
        return end;
    }

    private void end(Directive opening) {
        var end = closed(opening);
        if (!end.word().equals("end")) {
            throw new SyntaxProblem(
                    end.offset(), "{% " + end.word() + " %} does not belong to {% " + opening.word() + " %}");
        }
        closing = null;
    }
}
