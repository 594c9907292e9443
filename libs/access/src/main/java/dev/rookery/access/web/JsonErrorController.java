package dev.rookery.access.web;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Errors that no controller saw, from filters and the container, in the same form as all others. */
@RestController
class JsonErrorController implements ErrorController {
    @RequestMapping("${server.error.path:/error}")
    ResponseEntity<ErrorBody> error(HttpServletRequest request) {
        Object status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        int code = status instanceof Integer number ? number : 404;
        return ResponseEntity.status(code)
                .contentType(MediaType.APPLICATION_JSON)
                .body(new ErrorBody(message(code)));
    }

    static String message(int code) {
        return switch (code) {
            case 400 -> "The request cannot be understood; check its URL and headers";
            case 403 -> "The token does not allow this";
            case 404 -> "There is nothing here; see /docs for what there is";
            case 413 -> "The request body is larger than allowed; send it in parts";
            case 414 -> "The URL is too long; send the parameters in the body of a POST";
            case 431 -> "The request headers are too large";
            default ->
                code >= 500
                        ? "Something went wrong on our side; try again, and tell the operator if it stays"
                        : "The request was refused with status " + code;
        };
    }
}
