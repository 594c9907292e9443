package dev.rookery.standalone.demo;

/** The API answered with a status that is not a success. */
final class ApiError extends DemoException {
    private final int status;

    ApiError(int status, String request, String reason) {
        super("%s answered %d: %s".formatted(request, status, reason));
        this.status = status;
    }

    /** The HTTP status, 300 to 599. */
    int status() {
        return status;
    }
}
