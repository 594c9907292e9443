package dev.rookery.controlplane.deployments;

import dev.rookery.template.TemplateException;

/** A node's SQL refers to something that is not there, or is not understood. */
final class NodeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NodeException(String message, Throwable cause) {
        super(message, cause);
    }

    NodeException(String message) {
        super(message);
    }

    /** Whether the node is well formed and only lacks values that a caller would send. */
    boolean lacksParameters() {
        return getCause() instanceof TemplateException template
                && switch (template.kind()) {
                    case MISSING_PARAMETERS, ERROR, CUSTOM_ERROR, INVALID_VALUE -> true;
                    case SYNTAX, LIMIT, MISSING_SECRET -> false;
                };
    }
}
