package dev.rookery.gateway.web;

import dev.rookery.gateway.query.ClientGoneException;
import dev.rookery.gateway.query.QueryException;
import dev.rookery.sql.SqlException;
import dev.rookery.template.TemplateException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;
import tools.jackson.databind.json.JsonMapper;

/** Errors of queries as the REST APIs tell them (GW-5, GW-7, GW-8); asked before the handler of all other errors. */
public final class QueryErrorResolver implements HandlerExceptionResolver, Ordered {
    private static final Logger LOG = LoggerFactory.getLogger(QueryErrorResolver.class);
    private static final int BAD_REQUEST = 400;

    /** Nobody reads it; it is for access logs (GW-15). */
    private static final int CLIENT_CLOSED_REQUEST = 499;

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }

    @Override
    public @Nullable ModelAndView resolveException(
            HttpServletRequest request, HttpServletResponse response, @Nullable Object handler, Exception failure) {
        switch (failure) {
            case QueryException e -> {
                if (e.status().is5xxServerError()) {
                    LOG.error("A query failed: {}", e.forLogs());
                }
                if (e.code() != 0) {
                    response.setHeader("X-DB-Exception-Code", Integer.toString(e.code()));
                }
                write(response, e.status().value(), error(e.publicMessage()));
            }
            case SqlException e -> write(response, BAD_REQUEST, error(String.valueOf(e.getMessage())));
            case TemplateException e -> {
                String body = e.body();
                write(response, e.status(), body == null ? error(String.valueOf(e.getMessage())) : utf8(body));
            }
            case ClientGoneException e -> {
                LOG.debug("A query was cancelled: {}", e.getMessage());
                response.setStatus(CLIENT_CLOSED_REQUEST);
            }
            default -> {
                return null;
            }
        }
        return new ModelAndView();
    }

    private static void write(HttpServletResponse response, int status, byte[] body) {
        response.setStatus(status);
        response.setContentType("application/json");
        try {
            response.getOutputStream().write(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] error(String message) {
        return JSON.writeValueAsBytes(Map.of("error", message));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
