package dev.rookery.access;

import dev.rookery.access.jwt.Jwt;
import dev.rookery.catalog.TokenId;
import dev.rookery.catalog.UserId;
import dev.rookery.catalog.WorkspaceId;
import dev.rookery.catalog.tokens.StaticToken;
import dev.rookery.catalog.workspaces.WorkspaceRole;
import java.util.Optional;

/** Who makes a request, as its token tells. Immutable. */
public sealed interface Caller {
    /** The person behind it, where there is one. */
    Optional<UserId> user();

    /** A person, outside any workspace (TOK-6). */
    record Person(TokenId token, UserId userId) implements Caller {
        @Override
        public Optional<UserId> user() {
            return Optional.of(userId);
        }
    }

    /** Somebody who may do something in one workspace. */
    sealed interface OfWorkspace extends Caller {
        WorkspaceId workspace();

        /** The token's name, for messages, usage records and limits. */
        String tokenName();
    }

    /** Somebody who holds a static token of a workspace. */
    record Tenant(WorkspaceId workspace, StaticToken staticToken) implements OfWorkspace {
        @Override
        public Optional<UserId> user() {
            return Optional.ofNullable(staticToken.user());
        }

        @Override
        public String tokenName() {
            return staticToken.name();
        }

        /** The role of the member whose personal token it is. */
        public Optional<WorkspaceRole> role() {
            return Optional.ofNullable(staticToken.role());
        }
    }

    /** Somebody who holds a JWT signed for a workspace; chains that do not ask for them never see one (JWT-13). */
    record JwtHolder(Jwt jwt) implements OfWorkspace {
        @Override
        public WorkspaceId workspace() {
            return jwt.workspace();
        }

        @Override
        public Optional<UserId> user() {
            return Optional.empty();
        }

        @Override
        public String tokenName() {
            return jwt.name();
        }
    }
}
