package dev.rookery.controlplane.workspaces;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A workspace as clients read it (client-contract.md 5).
 *
 * @param token a token of the caller's own for it, where the caller may know one
 * @param role the caller's role; null when the caller is no member
 * @param main the workspace this one is a branch of; null, never absent, when it is none
 */
record WorkspaceAnswer(
        String id,
        String name,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String token,
        @Nullable String role,
        String plan,
        @JsonProperty("is_branch") boolean branch,
        @Nullable String main,
        List<MemberAnswer> members,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable OrganizationAnswer organization) {
    record MemberAnswer(String id, String email, String role, boolean active) {}

    record OrganizationAnswer(
            String id, String name, @Nullable String domain) {}

    /** The three fields of the Python SDK, which takes more for an error (client-contract.md 17). */
    record Slim(String id, String name, @Nullable String token) {}

    Slim slim() {
        return new Slim(id, name, token);
    }
}
