package dev.rookery.controlplane.branches;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.rookery.catalog.workspaces.Workspace;
import dev.rookery.controlplane.ClientTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A branch as clients read it (client-contract.md 6 and 17).
 *
 * @param token the branch's admin token, where it was asked for
 * @param owner the id of the person who made it; absent for strict clients, as what follows
 * @param main the id of the workspace it is of
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record BranchAnswer(
        String id,
        String name,
        String createdAt,
        @Nullable String token,
        @Nullable String owner,
        @Nullable List<Member> members,
        @Nullable String main) {
    record Member(String id, String role) {}

    static BranchAnswer of(Workspace branch, @Nullable String token) {
        List<Member> members = branch.members().entrySet().stream()
                .map(member ->
                        new Member(member.getKey().toString(), member.getValue().text()))
                .sorted(java.util.Comparator.comparing(Member::id))
                .toList();
        return new BranchAnswer(
                branch.id().toString(),
                branch.name(),
                ClientTime.iso(branch.createdAt()),
                token,
                branch.createdBy().map(Object::toString).orElse(null),
                members,
                branch.parent().map(Object::toString).orElse(null));
    }

    BranchAnswer slim() {
        return new BranchAnswer(id, name, createdAt, token, null, null, null);
    }
}
