package dev.rookery.template;

/** A template that cannot be compiled, at an offset of its source; becomes a {@link TemplateException}. */
final class SyntaxProblem extends RuntimeException {
    private final int offset;

    SyntaxProblem(int offset, String message) {
        super(message, null, false, false);
        this.offset = offset;
    }

    int offset() {
        return offset;
    }
}
