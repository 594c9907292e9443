package dev.rookery.catalog.tokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.catalog.CatalogException;
import dev.rookery.catalog.CatalogException.Kind;
import dev.rookery.catalog.TokenId;
import dev.rookery.catalog.UserId;
import dev.rookery.catalog.WorkspaceId;
import dev.rookery.catalog.clusters.ClusterCredential;
import dev.rookery.catalog.clusters.ClusterPurpose;
import dev.rookery.catalog.testing.TestCatalog;
import dev.rookery.catalog.workspaces.WorkspaceRole;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Static tokens in Postgres")
class TokenStoreTest {
    private static final TestCatalog CATALOG = TestCatalog.create();

    private final TokenStore tokens = CATALOG.tokens;
    private final WorkspaceId workspace = CATALOG.newWorkspace();

    private TokenId create(@Nullable WorkspaceId of, @Nullable UserId user, String name, String... scopes) {
        return CATALOG.inTransaction(() -> tokens.create(
                of,
                user,
                name,
                "",
                TokenOrigin.USER,
                List.of(scopes).stream().map(Scope::parse).toList()));
    }

    private StaticToken found(TokenId id) {
        return tokens.findByText(tokens.text(id)).orElseThrow();
    }

    @Test
    @DisplayName("A token is found by its text, name and id, with its scopes")
    void find() {
        TokenId id = create(workspace, null, "reader", "PIPES:READ:top", "DATASOURCES:READ:events", "ADMIN", "ADMIN");
        StaticToken token = found(id);
        assertThat(token.scopes())
                .containsExactlyInAnyOrder(
                        Scope.parse("PIPES:READ:top"), Scope.parse("DATASOURCES:READ:events"), Scope.parse("ADMIN"));
        assertThat(token.workspace()).isEqualTo(workspace);
        assertThat(token.role()).isNull();
        assertThat(tokens.find(workspace, "reader")).contains(token);
        assertThat(tokens.find(workspace, id.toString())).contains(token);
        assertThat(tokens.ofWorkspace(workspace)).containsExactly(token);
        assertThat(tokens.find(CATALOG.newWorkspace(), id.toString())).isEmpty();
    }

    @Test
    @DisplayName("A second token of the same name is refused; in another workspace it is not")
    void sameName() {
        create(workspace, null, "reader");
        assertThatThrownBy(() -> create(workspace, null, "reader"))
                .isInstanceOfSatisfying(
                        CatalogException.class, e -> assertThat(e.kind()).isEqualTo(Kind.CONFLICT))
                .hasMessageContaining("'reader'");
        assertThat(create(CATALOG.newWorkspace(), null, "reader")).isNotNull();
    }

    @Test
    @DisplayName("Refreshing gives a new text and keeps the rest; the old text is worth nothing")
    void refresh() {
        TokenId id = create(workspace, null, "reader", "PIPES:READ:top");
        String old = tokens.text(id);
        StaticToken before = found(id);
        CATALOG.inTransaction(() -> tokens.refresh(before));
        assertThat(tokens.text(id)).isNotEqualTo(old);
        assertThat(tokens.findByText(old)).isEmpty();
        assertThat(found(id).scopes()).isEqualTo(before.scopes());
    }

    @Test
    @DisplayName("A deleted token is worth nothing, and its name is free again")
    void delete() {
        TokenId id = create(workspace, null, "reader");
        String text = tokens.text(id);
        CATALOG.inTransaction(() -> tokens.delete(workspace, id));
        assertThat(tokens.findByText(text)).isEmpty();
        assertThatThrownBy(() -> tokens.text(id)).isInstanceOf(CatalogException.class);
        assertThat(create(workspace, null, "reader")).isNotEqualTo(id);
    }

    @Test
    @DisplayName("Nobody deletes or changes a token of another workspace by its id")
    void otherWorkspace() {
        TokenId id = create(workspace, null, "reader", "PIPES:READ:top");
        WorkspaceId other = CATALOG.newWorkspace();
        CATALOG.inTransaction(() -> tokens.delete(other, id));
        CATALOG.inTransaction(() -> tokens.delete(null, id));
        assertThatThrownBy(
                        () -> CATALOG.inTransaction(() -> tokens.setScopes(other, id, List.of(Scope.parse("ADMIN")))))
                .isInstanceOf(CatalogException.class);
        assertThat(found(id).scopes()).containsExactly(Scope.parse("PIPES:READ:top"));
    }

    @Test
    @DisplayName("New scopes replace the old ones")
    void scopes() {
        TokenId id = create(workspace, null, "reader", "PIPES:READ:top");
        CATALOG.inTransaction(() -> tokens.setScopes(workspace, id, List.of(Scope.parse("TOKENS"))));
        assertThat(found(id).scopes()).containsExactly(Scope.parse("TOKENS"));
        CATALOG.inTransaction(() -> tokens.setScopes(workspace, id, List.of()));
        assertThat(found(id).scopes()).isEmpty();
    }

    @Test
    @DisplayName("A personal token carries its owner's role of the moment, and none once the membership has ended")
    void personal() {
        UserId user = CATALOG.newUser("ada" + workspace + "@example.com");
        CATALOG.setRole(workspace, user, "guest");
        TokenId id = create(workspace, user, TokenStore.personalName("ada@example.com"), "ADMIN");
        assertThat(found(id).role()).isEqualTo(WorkspaceRole.GUEST);
        CATALOG.jdbc
                .sql("delete from workspace_members where user_id = ?")
                .param(user.value())
                .update();
        assertThat(found(id).role()).isNull();
        assertThat(found(id).user()).isEqualTo(user);
    }

    @Test
    @DisplayName("A user token belongs to no workspace")
    void userToken() {
        UserId user = CATALOG.newUser("bob" + workspace + "@example.com");
        TokenId id = create(null, user, "user token");
        assertThat(found(id).workspace()).isNull();
        assertThat(tokens.userToken(user)).map(StaticToken::id).contains(id);
        assertThatThrownBy(() -> create(null, user, "another")).isInstanceOf(CatalogException.class);
    }

    @Test
    @DisplayName("Tokens of a deleted workspace are worth nothing")
    void deletedWorkspace() {
        TokenId id = create(workspace, null, "reader", "ADMIN");
        String text = tokens.text(id);
        CATALOG.jdbc
                .sql("update workspaces set deleted_at = now() where id = ?")
                .param(workspace.value())
                .update();
        assertThat(tokens.findByText(text)).isEmpty();
    }

    @Test
    @DisplayName("TOK-4: the admin token's SHA-256 is the workspace's JWT key, also after a refresh")
    void jwtKey() throws Exception {
        TokenId id = create(workspace, null, TokenStore.WORKSPACE_ADMIN_NAME, "ADMIN");
        assertThat(jwtKey(id)).isEqualTo(sha256(tokens.text(id)));
        StaticToken token = found(id);
        CATALOG.inTransaction(() -> tokens.refresh(token));
        assertThat(jwtKey(id)).isEqualTo(sha256(tokens.text(id)));
        assertThat(tokens.text(id).length()).as("longer than HMAC's block").isGreaterThan(64);
    }

    private static byte[] jwtKey(TokenId id) {
        return CATALOG.jdbc
                .sql("select jwt_key from tokens where id = ?")
                .param(id.value())
                .query(byte[].class)
                .single();
    }

    private static byte[] sha256(String text) throws Exception {
        return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    @DisplayName("No token text, secret or password is anywhere in the database in clear, nor in a toString()")
    void nothingInClear() {
        TestCatalog own = TestCatalog.create();
        WorkspaceId of = own.newWorkspace();
        TokenId id = own.inTransaction(() -> own.tokens.create(
                of, null, TokenStore.WORKSPACE_ADMIN_NAME, "", TokenOrigin.BUILTIN, List.of(Scope.parse("ADMIN"))));
        String text = own.tokens.text(id);
        var credential = new ClusterCredential("gateway", "pass-word-in-clear");
        own.inTransaction(() -> {
            own.secrets.put(of, "api_key", "secret-in-clear", "ada@example.com");
            own.clusters.putCredential(own.newCluster(), ClusterPurpose.GATEWAY, credential);
        });
        List<String> needles = new ArrayList<>(List.of("secret-in-clear", "pass-word-in-clear", text));
        needles.addAll(List.of(text.split("\\.", -1)).subList(1, 3));
        String everything = everything(own);
        assertThat(everything).as("the scan reads text columns").contains("ada@example.com");
        for (String needle : needles) {
            assertThat(everything).doesNotContain(needle).doesNotContain(hex(needle));
        }
        StaticToken token = own.tokens.findByText(text).orElseThrow();
        assertThat(List.of(token, credential, own.secrets.list(of), own.secrets.of(of))
                        .toString())
                .doesNotContain(needles);
        assertThat(own.secrets.of(of).value("api_key")).contains("secret-in-clear");
    }

    /** Every row of every table as text; bytea appears as hexadecimal digits. */
    private static String everything(TestCatalog catalog) {
        StringBuilder all = new StringBuilder();
        catalog.jdbc
                .sql("select tablename from pg_tables where schemaname = 'public'")
                .query(String.class)
                .list()
                .forEach(table -> catalog.jdbc
                        .sql("select t::text from \"" + table + "\" t")
                        .query(String.class)
                        .list()
                        .forEach(row -> all.append(row).append('\n')));
        return all.toString();
    }

    private static String hex(String text) {
        return java.util.HexFormat.of()
                .formatHex(text.getBytes(StandardCharsets.UTF_8))
                .toLowerCase(Locale.ROOT);
    }
}
