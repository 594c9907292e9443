package dev.rookery.controlplane.tokens;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A token as clients read it (client-contract.md 7).
 *
 * @param token its text
 * @param origin who keeps it: {@code C} people, {@code DF} datafiles, {@code B} the platform
 * @param host the region that its text names
 * @param isInternal whether the platform keeps it
 */
record TokenAnswer(
        String id,
        String name,
        String description,
        String token,
        List<ScopeAnswer> scopes,
        String origin,
        String host,
        boolean isInternal) {
    /**
     * One scope.
     *
     * @param resource null where the scope names none
     * @param filter always empty where there is a resource: static tokens have none (TOK-17)
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ScopeAnswer(
            String type,
            @Nullable String resource,
            @Nullable String filter) {}
}
