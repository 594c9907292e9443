package dev.rookery.gateway.web;

import dev.rookery.access.web.ErrorBody;
import dev.rookery.gateway.query.ClientGoneException;
import dev.rookery.gateway.query.QueryException;
import dev.rookery.sql.SqlException;
import dev.rookery.template.TemplateException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Errors of queries as the REST APIs tell them (GW-5, GW-7, GW-8). */
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
public class QueryErrorHandler {
    private static final Logger LOG = LoggerFactory.getLogger(QueryErrorHandler.class);
    private static final int CLIENT_CLOSED_REQUEST = 499;

    @ExceptionHandler
    ResponseEntity<ErrorBody> onQuery(QueryException e) {
        if (e.status().is5xxServerError()) {
            LOG.error("A query failed", e);
        }
        var response = ResponseEntity.status(e.status()).contentType(MediaType.APPLICATION_JSON);
        if (e.code() != 0) {
            response.header("X-DB-Exception-Code", Integer.toString(e.code()));
        }
        return response.body(new ErrorBody(e.publicMessage()));
    }

    @ExceptionHandler
    ResponseEntity<ErrorBody> onSql(SqlException e) {
        return ResponseEntity.status(HttpStatus.BAD_REQUEST)
                .contentType(MediaType.APPLICATION_JSON)
                .body(new ErrorBody(String.valueOf(e.getMessage())));
    }

    @ExceptionHandler
    void onTemplate(TemplateException e, HttpServletResponse response) throws IOException {
        String body = e.body();
        response.setStatus(e.status());
        response.setContentType("application/json");
        byte[] json = body == null ? Json.error(String.valueOf(e.getMessage())) : body.getBytes(StandardCharsets.UTF_8);
        response.getOutputStream().write(json);
    }

    /** Nobody reads this; the status is for access logs (GW-15). */
    @ExceptionHandler
    void onClientGone(ClientGoneException e, HttpServletResponse response) {
        LOG.debug("A query was cancelled: {}", e.getMessage());
        response.setStatus(CLIENT_CLOSED_REQUEST);
    }
}
