package dev.rookery.access.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * The body of every error: {@code error} is what clients show, and always there (client-contract.md 1, rule 7).
 *
 * @param errors single errors, where there are several
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ErrorBody(String error, List<?> errors) {
    public ErrorBody(String error) {
        this(error, List.of());
    }
}
