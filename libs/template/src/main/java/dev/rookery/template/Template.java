package dev.rookery.template;

import dev.rookery.template.TemplateException.Kind;
import dev.rookery.template.TemplateNode.Tag;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * The SQL of one node, compiled. Text whose first character that is not blank is {@code %} is a template (TPL-2); any
 * other text is plain SQL and is rendered as it is. Immutable; rendered by any number of threads at once.
 */
public final class Template {
    /** The longest source that is compiled, in UTF-16 units. */
    public static final int MAX_SOURCE = 1 << 20;

    private static final int ROOM_FOR_VALUES = 256;

    private final String source;
    private final String nodeName;
    private final boolean plain;
    private final List<TemplateNode> body;
    private final int slots;
    private final List<TemplateParameter> parameters;
    private final Set<String> secrets;

    private Template(
            String source,
            String nodeName,
            boolean plain,
            List<TemplateNode> body,
            int slots,
            ParameterCollector collected) {
        this.source = source;
        this.nodeName = nodeName;
        this.plain = plain;
        this.body = body;
        this.slots = slots;
        this.parameters = collected.parameters();
        this.secrets = collected.secrets();
    }

    /**
     * Compiles a node's SQL.
     *
     * @param sql the SQL as the tenant wrote it
     * @param nodeName names the node in errors
     * @throws TemplateException of kind {@link Kind#SYNTAX} if it is no valid template, of {@link Kind#LIMIT} if it is
     *     longer than {@link #MAX_SOURCE}
     */
    public static Template compile(String sql, String nodeName) {
        var start = start(sql);
        if (start < 0) {
            return new Template(sql, nodeName, true, List.of(), 0, new ParameterCollector());
        }
        if (sql.length() > MAX_SOURCE) {
            throw TemplateException.at(
                    new TemplateException.Place(nodeName, 1, 1, ""),
                    Kind.LIMIT,
                    "the template is longer than " + MAX_SOURCE + " characters",
                    null);
        }
        var parser = new TemplateParser(sql, start);
        try {
            var body = parser.parse();
            var collector = new ParameterCollector();
            collector.collect(body);
            return new Template(sql, nodeName, false, body, parser.names().size(), collector);
        } catch (SyntaxProblem problem) {
            throw TemplateException.at(
                    place(sql, nodeName, problem.offset(), lineEnd(sql, problem.offset())),
                    Kind.SYNTAX,
                    message(problem),
                    problem);
        } catch (EvaluationException problem) {
            throw TemplateException.at(
                    new TemplateException.Place(nodeName, 1, 1, ""), problem.kind(), message(problem), problem);
        }
    }

    /** Where the template's text begins behind its mark, or -1 if it has none. */
    private static int start(String sql) {
        for (var i = 0; i < sql.length(); i++) {
            var c = sql.charAt(i);
            if (!Character.isWhitespace(c)) {
                return c == '%' ? i + 1 : -1;
            }
        }
        return -1;
    }

    /** Whether the text is a template; otherwise it is plain SQL. */
    public boolean isTemplate() {
        return !plain;
    }

    /**
     * The parameters that the template uses, in the order of their first use, those of branches that are never taken
     * included. Names that begin with an underscore are hidden (TPL-35), and so are names the template sets itself.
     */
    public List<TemplateParameter> parameters() {
        return parameters;
    }

    /** The names of the secrets that the template may ask for. */
    public Set<String> secrets() {
        return secrets;
    }

    /**
     * Renders the statement for one request.
     *
     * @throws TemplateException if a value does not fit, a required parameter is missing, a limit is exceeded, or the
     *     template itself calls {@code error} or {@code custom_error}
     */
    public Rendered render(RenderRequest request) {
        return render(request, System::nanoTime);
    }

    Rendered render(RenderRequest request, LongSupplier nanoTime) {
        if (plain) {
            return new Rendered(source, OptionalInt.empty());
        }
        var budget = new Budget(request.limits(), nanoTime);
        var frame = new Frame(request, budget, slots);
        var writer = new SqlWriter(budget, source.length() + ROOM_FOR_VALUES);
        try {
            new Renderer(this, frame, writer).render(body);
        } catch (TemplateException failure) {
            // A value that was computed with a placeholder may well not fit: what is missing is the reason to tell.
            if (failure.kind() == Kind.INVALID_VALUE && !frame.missing.isEmpty()) {
                throw TemplateException.missingParameters(frame.missing);
            }
            throw failure;
        }
        if (!frame.missing.isEmpty()) {
            throw TemplateException.missingParameters(frame.missing);
        }
        return new Rendered(
                writer.sql(), frame.maxThreads == 0 ? OptionalInt.empty() : OptionalInt.of(frame.maxThreads));
    }

    TemplateException.Place place(Tag tag) {
        return place(source, nodeName, tag.from(), tag.to());
    }

    private static TemplateException.Place place(String source, String nodeName, int from, int to) {
        var line = 1;
        var lineStart = 0;
        for (var i = 0; i < Math.min(from, source.length()); i++) {
            if (source.charAt(i) == '\n') {
                line++;
                lineStart = i + 1;
            }
        }
        return new TemplateException.Place(nodeName, line, from - lineStart + 1, source.substring(from, to));
    }

    private static int lineEnd(String source, int from) {
        var end = source.indexOf('\n', from);
        return end < 0 ? source.length() : end;
    }

    private static String message(RuntimeException problem) {
        var message = problem.getMessage();
        return message == null ? "invalid template" : message;
    }
}
