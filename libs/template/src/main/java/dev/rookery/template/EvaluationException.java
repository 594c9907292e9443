package dev.rookery.template;

/** An expression that failed, before the place is known; the renderer turns it into a {@link TemplateException}. */
final class EvaluationException extends RuntimeException {
    private final TemplateException.Kind kind;

    EvaluationException(String message) {
        this(TemplateException.Kind.INVALID_VALUE, message);
    }

    EvaluationException(TemplateException.Kind kind, String message) {
        super(message, null, false, false);
        this.kind = kind;
    }

    TemplateException.Kind kind() {
        return kind;
    }
}
