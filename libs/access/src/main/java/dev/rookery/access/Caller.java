package dev.rookery.access;

import dev.rookery.catalog.TokenId;
import dev.rookery.catalog.UserId;
import dev.rookery.catalog.WorkspaceId;
import dev.rookery.catalog.tokens.StaticToken;
import dev.rookery.catalog.workspaces.WorkspaceRole;
import java.util.Optional;

/** Who makes a request, as its token tells. Immutable. */
public sealed interface Caller {
    /** The token's id, for usage records and audits. */
    TokenId token();

    /** The person behind it, where there is one. */
    Optional<UserId> user();

    /** A person, outside any workspace (TOK-6). */
    record Person(TokenId token, UserId userId) implements Caller {
        @Override
        public Optional<UserId> user() {
            return Optional.of(userId);
        }
    }

    /** Somebody who holds a token of a workspace. */
    record Tenant(WorkspaceId workspace, StaticToken staticToken) implements Caller {
        @Override
        public TokenId token() {
            return staticToken.id();
        }

        @Override
        public Optional<UserId> user() {
            return Optional.ofNullable(staticToken.user());
        }

        /** The role of the member whose personal token it is. */
        public Optional<WorkspaceRole> role() {
            return Optional.ofNullable(staticToken.role());
        }
    }
}
