package dev.rookery.access.web;

import dev.rookery.catalog.CatalogException;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.multipart.MaxUploadSizeExceededException;
import org.springframework.web.multipart.MultipartException;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/** The one renderer of errors: whatever goes wrong in a controller becomes an {@link ErrorBody}. */
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
public class ApiErrorHandler {
    private static final Logger LOG = LoggerFactory.getLogger(ApiErrorHandler.class);

    @ExceptionHandler
    ResponseEntity<ErrorBody> onApiException(ApiException e) {
        var headers = new HttpHeaders();
        e.headers().forEach(headers::set);
        if (e.status() == HttpStatus.SERVICE_UNAVAILABLE) {
            // Expected in an outage, and as many as there are requests.
            LOG.warn("refused for now: {}", e.getMessage());
        } else if (e.status().is5xxServerError()) {
            LOG.error("{}", e.getMessage(), e);
        }
        return body(e.status(), headers, new ErrorBody(e.publicMessage(), e.errors()));
    }

    @ExceptionHandler
    ResponseEntity<ErrorBody> onCatalogException(CatalogException e) {
        HttpStatus status = switch (e.kind()) {
            case NOT_FOUND -> HttpStatus.NOT_FOUND;
            case CONFLICT -> HttpStatus.CONFLICT;
            case INVALID -> HttpStatus.BAD_REQUEST;
            case UNAVAILABLE -> HttpStatus.SERVICE_UNAVAILABLE;
        };
        return body(status, new HttpHeaders(), new ErrorBody(String.valueOf(e.getMessage())));
    }

    @ExceptionHandler
    ResponseEntity<ErrorBody> onUnknownRoute(NoResourceFoundException e) {
        String message =
                "There is no %s /%s; see /docs for what there is".formatted(e.getHttpMethod(), e.getResourcePath());
        return body(HttpStatus.NOT_FOUND, new HttpHeaders(), new ErrorBody(message));
    }

    @ExceptionHandler
    ResponseEntity<ErrorBody> onWrongMethod(HttpRequestMethodNotSupportedException e) {
        String allowed = String.join(", ", e.getSupportedMethods() == null ? new String[0] : e.getSupportedMethods());
        String message = "%s is not possible here; use %s".formatted(e.getMethod(), allowed);
        return body(HttpStatus.METHOD_NOT_ALLOWED, e.getHeaders(), new ErrorBody(message));
    }

    @ExceptionHandler
    ResponseEntity<ErrorBody> onTooLarge(MaxUploadSizeExceededException e) {
        return body(
                HttpStatus.CONTENT_TOO_LARGE,
                new HttpHeaders(),
                new ErrorBody("The request body is larger than allowed; send it in parts"));
    }

    @ExceptionHandler
    ResponseEntity<ErrorBody> onBadMultipart(MultipartException e) {
        return body(
                HttpStatus.BAD_REQUEST,
                new HttpHeaders(),
                new ErrorBody("The multipart body cannot be read: check its boundary and that it is complete"));
    }

    @ExceptionHandler
    ResponseEntity<ErrorBody> onUnreadableBody(HttpMessageNotReadableException e) {
        return body(
                HttpStatus.BAD_REQUEST,
                new HttpHeaders(),
                new ErrorBody("The body cannot be read: check that it is valid JSON, with values of the right types"));
    }

    @ExceptionHandler
    ResponseEntity<ErrorBody> onWrongType(TypeMismatchException e) {
        String name = e.getPropertyName() == null ? "" : " '" + e.getPropertyName() + "'";
        return body(
                HttpStatus.BAD_REQUEST,
                new HttpHeaders(),
                new ErrorBody("The value of the parameter%s is of the wrong type".formatted(name)));
    }

    /** The client went away: nobody is left to answer. */
    @ExceptionHandler
    void onClientGone(AsyncRequestNotUsableException e) {
        LOG.debug("The client went away: {}", e.getMessage());
    }

    @ExceptionHandler
    ResponseEntity<ErrorBody> onAnythingElse(Exception e) throws IOException {
        if (e instanceof ErrorResponse response && response.getStatusCode().is4xxClientError()) {
            String detail = response.getBody().getDetail();
            String message = detail == null ? "The request cannot be understood" : detail;
            return body(response.getStatusCode(), response.getHeaders(), new ErrorBody(message));
        }
        if (e instanceof IOException disconnected) {
            throw disconnected;
        }
        LOG.error("A request failed", e);
        return body(
                HttpStatus.INTERNAL_SERVER_ERROR,
                new HttpHeaders(),
                new ErrorBody("Something went wrong on our side; try again, and tell the operator if it stays"));
    }

    private static ResponseEntity<ErrorBody> body(HttpStatusCode status, HttpHeaders headers, ErrorBody body) {
        return ResponseEntity.status(status)
                .headers(headers)
                .contentType(MediaType.APPLICATION_JSON)
                .body(body);
    }
}
