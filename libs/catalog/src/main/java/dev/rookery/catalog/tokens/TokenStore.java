package dev.rookery.catalog.tokens;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.rookery.catalog.CatalogException;
import dev.rookery.catalog.CatalogException.Kind;
import dev.rookery.catalog.TokenId;
import dev.rookery.catalog.UserId;
import dev.rookery.catalog.WorkspaceId;
import dev.rookery.catalog.changes.ChangeLog;
import dev.rookery.catalog.changes.ChangeTopic;
import dev.rookery.catalog.keys.KeyPurpose;
import dev.rookery.catalog.keys.KeyRing;
import dev.rookery.catalog.keys.Sealed;
import dev.rookery.catalog.keys.Sealer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Types;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Static tokens in Postgres. A text is stored twice and never in clear: as a keyed hash to find it by, and sealed for
 * those who may read it back (ALGORITHMS.md 19). Methods that change something run in the caller's transaction and
 * record the change for every instance's cache. Thread safe.
 */
public final class TokenStore {
    /** The JWT signing key of a workspace, and its all-powerful token (TOK-4). */
    public static final String WORKSPACE_ADMIN_NAME = "workspace admin token";

    private static final String SELECT = """
            select t.id, t.workspace_id, t.user_id, m.role, t.name, t.description, t.origin,
                   t.created_at, t.updated_at,
                   (select array_agg(s.scope || '|' || s.resource) from token_scopes s
                     where s.token_id = t.id) as scopes
              from tokens t
              left join workspaces w on w.id = t.workspace_id
              left join workspace_members m on m.workspace_id = t.workspace_id and m.user_id = t.user_id
             where (w.id is null or w.deleted_at is null) and %s
             order by t.created_at, t.id
            """;

    private final JdbcClient jdbc;
    private final KeyRing keys;
    private final Sealer sealer;
    private final TokenText texts;
    private final ChangeLog changes;
    private final String region;

    /** @param region the region key that token texts carry as {@code host} */
    public TokenStore(JdbcClient jdbc, KeyRing keys, Sealer sealer, TokenText texts, ChangeLog changes, String region) {
        this.jdbc = jdbc;
        this.keys = keys;
        this.sealer = sealer;
        this.texts = texts;
        this.changes = changes;
        this.region = region;
    }

    /** The name of a member's own token of a workspace (TOK-5). */
    public static String personalName(String email) {
        return "admin " + email;
    }

    /** The token with this text; empty when it is not ours, unknown, refreshed or deleted. */
    public Optional<StaticToken> findByText(String text) {
        if (!texts.isOurs(text)) {
            return Optional.empty();
        }
        return keys.ids().stream()
                .map(keyId -> keys.mac(keyId, KeyPurpose.TOKEN_LOOKUP, text))
                .flatMap(hash -> query("t.lookup_hash = :value", hash).stream())
                .findFirst();
    }

    /** A workspace's tokens, oldest first. */
    public List<StaticToken> ofWorkspace(WorkspaceId workspace) {
        return query("t.workspace_id = :value", workspace.value());
    }

    /** A token of the workspace by its id or name. */
    public Optional<StaticToken> find(WorkspaceId workspace, String idOrName) {
        String where = "t.workspace_id = :value and (t.name = :wanted or t.id::text = :wanted)";
        // A name may look like another token's id; the id counts.
        return jdbc
                .sql(SELECT.formatted(where))
                .param("value", workspace.value())
                .param("wanted", idOrName)
                .query(new StaticTokenMapper())
                .list()
                .stream()
                .min(Comparator.comparingInt(token -> token.id().toString().equals(idOrName) ? 0 : 1));
    }

    /** A user's own token, which belongs to no workspace. */
    public Optional<StaticToken> userToken(UserId user) {
        return query("t.kind = 'user' and t.user_id = :value", user.value()).stream()
                .findFirst();
    }

    /** The text of a token, for a caller who may know it. */
    public String text(TokenId id) {
        return jdbc.sql("""
                        select sealed_text, sealed_key_id, coalesce(workspace_id, user_id) as owner
                          from tokens where id = :id
                        """)
                .param("id", id.value())
                .query((row, n) -> sealer.open(
                        new Sealed(row.getString("sealed_key_id"), row.getBytes("sealed_text")),
                        place(row.getObject("owner", UUID.class), id)))
                .optional()
                .orElseThrow(() -> new CatalogException(Kind.NOT_FOUND, "The token does not exist"));
    }

    /** The texts of all tokens of a workspace, for a caller who may know them. */
    public Map<TokenId, String> texts(WorkspaceId workspace) {
        Map<TokenId, String> found = new HashMap<>();
        jdbc.sql("select id, sealed_text, sealed_key_id from tokens where workspace_id = :workspace")
                .param("workspace", workspace.value())
                .query(row -> {
                    TokenId id = new TokenId(row.getObject("id", UUID.class));
                    var sealed = new Sealed(row.getString("sealed_key_id"), row.getBytes("sealed_text"));
                    found.put(id, sealer.open(sealed, place(workspace.value(), id)));
                });
        return found;
    }

    /** How many tokens a workspace has. */
    public long count(WorkspaceId workspace) {
        return jdbc.sql("select count(*) from tokens where workspace_id = :workspace")
                .param("workspace", workspace.value())
                .query(Long.class)
                .single();
    }

    /**
     * The HS256 key of a workspace's JWTs: the SHA-256 of its admin token's text, which HMAC makes of a key longer than its
     * block anyway (ALGORITHMS.md 19). Empty for a workspace that does not exist any more.
     */
    public Optional<byte[]> jwtKey(WorkspaceId workspace) {
        return Optional.ofNullable(
                jwtKeys("and t.workspace_id = :workspace", workspace).get(workspace));
    }

    /** The HS256 keys of all workspaces. */
    Map<WorkspaceId, byte[]> jwtKeys() {
        return jwtKeys("", null);
    }

    private Map<WorkspaceId, byte[]> jwtKeys(String where, @Nullable WorkspaceId workspace) {
        Map<WorkspaceId, byte[]> found = new HashMap<>();
        jdbc.sql("""
                        select t.workspace_id, t.jwt_key from tokens t join workspaces w on w.id = t.workspace_id
                         where t.jwt_key is not null and w.deleted_at is null %s
                        """.formatted(where))
                .param("workspace", workspace == null ? null : workspace.value(), Types.OTHER)
                .query(row -> {
                    found.put(new WorkspaceId(row.getObject("workspace_id", UUID.class)), row.getBytes("jwt_key"));
                });
        return found;
    }

    /**
     * Adds a token.
     *
     * @param workspace null for a user token
     * @param user the owner of a user or personal token, else null
     * @return the new token's id
     * @throws CatalogException of kind CONFLICT when the workspace has a token of that name
     */
    public TokenId create(
            @Nullable WorkspaceId workspace,
            @Nullable UserId user,
            String name,
            String description,
            TokenOrigin origin,
            Collection<Scope> scopes) {
        TokenId id = new TokenId(UuidCreator.getTimeOrderedEpoch());
        UUID owner = owner(workspace, user);
        boolean admin = workspace != null && name.equals(WORKSPACE_ADMIN_NAME);
        Secret secret = secret(owner, id);
        try {
            jdbc.sql("""
                            insert into tokens (id, kind, workspace_id, user_id, name, description, origin,
                                                lookup_hash, lookup_key_id, sealed_text, sealed_key_id, jwt_key)
                            values (:id, :kind, :workspace, :user, :name, :description, :origin,
                                    :hash, :hashKey, :sealed, :sealedKey, :jwtKey)
                            """)
                    .param("id", id.value())
                    .param("kind", workspace == null ? "user" : "workspace")
                    .param("workspace", workspace == null ? null : workspace.value(), Types.OTHER)
                    .param("user", user == null ? null : user.value(), Types.OTHER)
                    .param("name", name)
                    .param("description", description)
                    .param("origin", origin.column())
                    .param("hash", secret.hash())
                    .param("hashKey", keys.currentId())
                    .param("sealed", secret.sealed().bytes())
                    .param("sealedKey", secret.sealed().keyId())
                    .param("jwtKey", admin ? secret.sha256() : null, Types.BINARY)
                    .update();
        } catch (DuplicateKeyException e) {
            throw new CatalogException(Kind.CONFLICT, "A token named '%s' already exists".formatted(name), e);
        }
        insertScopes(id, scopes);
        changes.record(ChangeTopic.TOKENS, workspace);
        return id;
    }

    /**
     * Replaces a token's scopes.
     *
     * @throws CatalogException of kind NOT_FOUND when the workspace has no such token
     */
    public void setScopes(WorkspaceId workspace, TokenId id, Collection<Scope> scopes) {
        int found = jdbc.sql("update tokens set updated_at = now() where id = :id and workspace_id = :workspace")
                .param("id", id.value())
                .param("workspace", workspace.value())
                .update();
        if (found == 0) {
            throw new CatalogException(Kind.NOT_FOUND, "The token does not exist");
        }
        jdbc.sql("delete from token_scopes where token_id = :id")
                .param("id", id.value())
                .update();
        insertScopes(id, scopes);
        changes.record(ChangeTopic.TOKENS, workspace);
    }

    /**
     * Renames a token and describes it anew.
     *
     * @throws CatalogException of kind NOT_FOUND when the workspace has no such token, CONFLICT when another one has the
     *     name
     */
    public void describe(WorkspaceId workspace, TokenId id, String name, String description) {
        try {
            int found = jdbc.sql("""
                            update tokens set name = :name, description = :description, updated_at = now()
                             where id = :id and workspace_id = :workspace
                            """)
                    .param("name", name)
                    .param("description", description)
                    .param("id", id.value())
                    .param("workspace", workspace.value())
                    .update();
            if (found == 0) {
                throw new CatalogException(Kind.NOT_FOUND, "The token does not exist");
            }
        } catch (DuplicateKeyException e) {
            throw new CatalogException(Kind.CONFLICT, "A token named '%s' already exists".formatted(name), e);
        }
        changes.record(ChangeTopic.TOKENS, workspace);
    }

    /** Gives a token a new text; the old one stops working, and with the admin token every JWT signed by it. */
    public void refresh(StaticToken token) {
        UUID owner = owner(token.workspace(), token.user());
        boolean admin = token.workspace() != null && token.name().equals(WORKSPACE_ADMIN_NAME);
        Secret secret = secret(owner, token.id());
        jdbc.sql("""
                        update tokens set lookup_hash = :hash, lookup_key_id = :hashKey, sealed_text = :sealed,
                                          sealed_key_id = :sealedKey, jwt_key = :jwtKey, updated_at = now()
                         where id = :id
                        """)
                .param("hash", secret.hash())
                .param("hashKey", keys.currentId())
                .param("sealed", secret.sealed().bytes())
                .param("sealedKey", secret.sealed().keyId())
                .param("jwtKey", admin ? secret.sha256() : null, Types.BINARY)
                .param("id", token.id().value())
                .update();
        changes.record(ChangeTopic.TOKENS, token.workspace());
    }

    /** Deletes a token of the workspace, or with null a user token; nothing when there is none. */
    public void delete(@Nullable WorkspaceId workspace, TokenId id) {
        jdbc.sql("delete from tokens where id = :id and workspace_id is not distinct from :workspace::uuid")
                .param("id", id.value())
                .param("workspace", workspace == null ? null : workspace.value(), Types.OTHER)
                .update();
        changes.record(ChangeTopic.TOKENS, workspace);
    }

    private static UUID owner(@Nullable WorkspaceId workspace, @Nullable UserId user) {
        if (workspace != null) {
            return workspace.value();
        }
        if (user == null) {
            throw new IllegalArgumentException("a token belongs to a workspace or to a user");
        }
        return user.value();
    }

    private record Secret(byte[] hash, byte[] sha256, Sealed sealed) {}

    private Secret secret(UUID owner, TokenId id) {
        String text = texts.create(owner, id, region);
        return new Secret(
                keys.mac(keys.currentId(), KeyPurpose.TOKEN_LOOKUP, text),
                sha256(text),
                sealer.seal(text, place(owner, id)));
    }

    /** Of the row and its workspace or user, so that a sealed text opens nowhere else (ALGORITHMS.md 19). */
    private static String place(UUID owner, TokenId id) {
        return "tokens/" + owner + "/" + id;
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every JDK", e);
        }
    }

    private void insertScopes(TokenId id, Collection<Scope> scopes) {
        for (Scope scope : Set.copyOf(scopes)) {
            jdbc.sql("insert into token_scopes (token_id, scope, resource) values (:id, :scope, :resource)")
                    .param("id", id.value())
                    .param("scope", scope.type().text())
                    .param("resource", scope.resource())
                    .update();
        }
    }

    private List<StaticToken> query(String where, Object value) {
        return jdbc.sql(SELECT.formatted(where))
                .param("value", value)
                .query(new StaticTokenMapper())
                .list();
    }
}
