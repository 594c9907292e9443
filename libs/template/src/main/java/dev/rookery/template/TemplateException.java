package dev.rookery.template;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A template that cannot be compiled or rendered. {@link #getMessage()} is public: it is what the tenant's client is
 * shown, and holds no secret. Immutable.
 */
public final class TemplateException extends RuntimeException {

    /** Why rendering ended. */
    public enum Kind {
        /** The template itself is wrong; found when it is compiled. */
        SYNTAX,
        /** A value does not fit where the template uses it. */
        INVALID_VALUE,
        /** Parameters that the template requires were not sent. */
        MISSING_PARAMETERS,
        /** A secret is not set and has no default. */
        MISSING_SECRET,
        /** Steps, output, nesting or time ran out. */
        LIMIT,
        /** The template called {@code error} (TPL-21). */
        ERROR,
        /** The template called {@code custom_error} (TPL-22). */
        CUSTOM_ERROR
    }

    static final String PREFIX = "Template Syntax Error: ";
    private static final int MAX_EXPRESSION = 160;

    private final Kind kind;
    private final int status;
    private final @Nullable String node;
    private final int line;
    private final int column;
    private final @Nullable String expression;
    private final @Nullable String body;
    private final List<String> missingParameters;

    private TemplateException(
            Kind kind,
            int status,
            String message,
            @Nullable Place place,
            @Nullable String body,
            List<String> missingParameters,
            @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
        this.status = status;
        this.node = place == null ? null : place.node();
        this.line = place == null ? 0 : place.line();
        this.column = place == null ? 0 : place.column();
        this.expression = place == null ? null : place.expression();
        this.body = body;
        this.missingParameters = missingParameters;
    }

    /** Where in a template: 1-based line and column. */
    record Place(String node, int line, int column, String expression) {
        @Override
        public String toString() {
            var at = "node %s, line %d, column %d".formatted(node, line, column);
            return expression.isEmpty() ? at : at + ", in `" + shortened(expression, MAX_EXPRESSION) + "`";
        }
    }

    static TemplateException at(Place place, Kind kind, String problem, @Nullable Throwable cause) {
        return new TemplateException(kind, 400, PREFIX + problem + " (" + place + ")", place, null, List.of(), cause);
    }

    static TemplateException error(String message) {
        return new TemplateException(Kind.ERROR, 400, message, null, null, List.of(), null);
    }

    static TemplateException customError(int status, String message, String body) {
        return new TemplateException(Kind.CUSTOM_ERROR, status, message, null, body, List.of(), null);
    }

    /** The same error at a place, if it has none yet. */
    TemplateException at(Place place) {
        var message = getMessage();
        return line > 0 || message == null
                ? this
                : new TemplateException(kind, status, message, place, body, missingParameters, getCause());
    }

    /**
     * The error for required parameters without a value, in the wording that clients pin. A pipe of several nodes
     * collects {@link #missingParameters()} of each node and answers with one such error.
     *
     * @param names at least one; repeated names are named once, in order
     */
    public static TemplateException missingParameters(Collection<String> names) {
        var distinct = List.copyOf(new LinkedHashSet<>(names));
        if (distinct.isEmpty()) {
            throw new IllegalArgumentException("No parameter is missing");
        }
        var last = distinct.getLast();
        var listed = distinct.size() == 1
                ? last
                : String.join(", ", distinct.subList(0, distinct.size() - 1)) + " and " + last;
        var message = PREFIX + "Required parameter is not defined. Check the parameters " + listed
                + ". Please provide a value or set a default value in the pipe code.";
        return new TemplateException(Kind.MISSING_PARAMETERS, 400, message, null, null, distinct, null);
    }

    /** Why rendering ended. */
    public Kind kind() {
        return kind;
    }

    /** The HTTP status to answer with: 400, or what {@code custom_error} asked for (400 to 599). */
    public int status() {
        return status;
    }

    /** The node the template belongs to, or null where the error has no place. */
    public @Nullable String node() {
        return node;
    }

    /** The 1-based line in the node's SQL, or 0 where the error has no place. */
    public int line() {
        return line;
    }

    /** The 1-based column in the line, or 0 where the error has no place. */
    public int column() {
        return column;
    }

    /** The offending expression as written, or null where the error has no place. */
    public @Nullable String expression() {
        return expression;
    }

    /** The JSON body that {@code custom_error} built, to be sent as it is; null for every other kind. */
    public @Nullable String body() {
        return body;
    }

    /** The required parameters that were not sent, in the order met; empty for every other kind. */
    public List<String> missingParameters() {
        return missingParameters;
    }

    static String shortened(String text, int length) {
        return text.length() <= length ? text : text.substring(0, length) + "…";
    }
}
