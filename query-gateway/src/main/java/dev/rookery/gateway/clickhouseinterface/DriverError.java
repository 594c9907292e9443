package dev.rookery.gateway.clickhouseinterface;

import dev.rookery.access.web.ApiException;
import dev.rookery.catalog.CatalogException;
import dev.rookery.gateway.query.QueryException;
import dev.rookery.sql.SqlException;
import dev.rookery.template.TemplateException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** An error in ClickHouse's own text form, which drivers take apart by its code. */
record DriverError(int status, int code, String message) {
    private static final int SYNTAX_ERROR = 62;
    private static final int UNKNOWN_TABLE = 60;
    private static final int TOO_MANY_QUERIES = 202;
    private static final int ACCESS_DENIED = 497;
    private static final int AUTHENTICATION_FAILED = 516;
    private static final int UNKNOWN_EXCEPTION = 1002;

    static DriverError of(RuntimeException failure) {
        return switch (failure) {
            case QueryException e -> new DriverError(e.status().value(), e.code(), e.publicMessage());
            case SqlException e -> new DriverError(400, SYNTAX_ERROR, String.valueOf(e.getMessage()));
            case TemplateException e -> new DriverError(400, SYNTAX_ERROR, String.valueOf(e.getMessage()));
            case ApiException e -> new DriverError(e.status().value(), code(e), e.publicMessage());
            case CatalogException e ->
                switch (e.kind()) {
                    case NOT_FOUND -> new DriverError(403, AUTHENTICATION_FAILED, "Authentication failed");
                    case UNAVAILABLE -> new DriverError(503, UNKNOWN_EXCEPTION, String.valueOf(e.getMessage()));
                    case CONFLICT, INVALID -> new DriverError(400, SYNTAX_ERROR, String.valueOf(e.getMessage()));
                };
            default -> new DriverError(500, UNKNOWN_EXCEPTION, "Something went wrong on our side; try again");
        };
    }

    private static int code(ApiException e) {
        return switch (e.status().value()) {
            case 403 -> e.publicMessage().startsWith("The token") ? ACCESS_DENIED : AUTHENTICATION_FAILED;
            case 404 -> UNKNOWN_TABLE;
            case 429 -> TOO_MANY_QUERIES;
            default -> SYNTAX_ERROR;
        };
    }

    void write(HttpServletResponse response) throws IOException {
        response.setStatus(status);
        response.setContentType("text/plain; charset=UTF-8");
        response.setHeader("X-ClickHouse-Exception-Code", Integer.toString(code));
        response.getOutputStream()
                .write("Code: %d. DB::Exception: %s\n".formatted(code, message).getBytes(StandardCharsets.UTF_8));
    }
}
