package dev.rookery.catalog.tokens;

import dev.rookery.catalog.TokenId;
import dev.rookery.catalog.UserId;
import dev.rookery.catalog.WorkspaceId;
import dev.rookery.catalog.workspaces.WorkspaceRole;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.RowMapper;

/** Reads a token row with its scopes as {@code type|resource} and its owner's role. */
final class StaticTokenMapper implements RowMapper<StaticToken> {
    @Override
    public StaticToken mapRow(ResultSet row, int number) throws SQLException {
        UUID workspace = row.getObject("workspace_id", UUID.class);
        UUID user = row.getObject("user_id", UUID.class);
        String role = row.getString("role");
        return new StaticToken(
                new TokenId(row.getObject("id", UUID.class)),
                workspace == null ? null : new WorkspaceId(workspace),
                user == null ? null : new UserId(user),
                role == null ? null : WorkspaceRole.parse(role).orElseThrow(),
                row.getString("name"),
                row.getString("description"),
                TokenOrigin.of(row.getString("origin")),
                scopes(row.getArray("scopes")),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getObject("updated_at", OffsetDateTime.class).toInstant());
    }

    private static Set<Scope> scopes(@org.jspecify.annotations.Nullable Array column) throws SQLException {
        if (column == null) {
            return Set.of();
        }
        return Arrays.stream((String[]) column.getArray())
                .map(text -> {
                    int bar = text.indexOf('|');
                    ScopeType type = ScopeType.parse(text.substring(0, bar)).orElseThrow();
                    return new Scope(type, text.substring(bar + 1));
                })
                .collect(Collectors.toSet());
    }
}
