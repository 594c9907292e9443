package dev.rookery.catalog.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.rookery.catalog.TokenId;
import dev.rookery.catalog.keys.KeyRing;
import dev.rookery.catalog.testing.TestCatalog;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Token texts (client-contract.md 1.1, TOK-3)")
class TokenTextTest {
    private final byte[] oldKey = TestCatalog.randomKey();
    private final TokenText texts = new TokenText(new KeyRing("old", Map.of("old", oldKey)), new SecureRandom());
    private final UUID owner = UuidCreator.getTimeOrderedEpoch();
    private final TokenId id = new TokenId(UuidCreator.getTimeOrderedEpoch());
    private final String text = texts.create(owner, id, "local");

    @Test
    @DisplayName("p.ey…, three parts, with u, id and host for clients to decode")
    void shape() {
        assertThat(text).matches("p\\.ey[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+").hasSizeGreaterThan(64);
        String json = new String(Base64.getUrlDecoder().decode(text.split("\\.", -1)[1]), StandardCharsets.UTF_8);
        assertThat(json)
                .contains("\"u\": \"" + owner + "\"", "\"id\": \"" + id + "\"", "\"host\": \"local\"")
                .startsWith("{\"");
    }

    @Test
    @DisplayName("Each is new, and all are ours")
    void unique() {
        assertThat(texts.create(owner, id, "local")).isNotEqualTo(text);
        assertThat(texts.isOurs(text)).isTrue();
    }

    @Test
    @DisplayName("Forgeries are refused: any altered character, other keys, cut or padded texts")
    void forgeries() {
        for (int i = 0; i < text.length(); i++) {
            char other = text.charAt(i) == 'A' ? 'B' : 'A';
            assertThat(texts.isOurs(text.substring(0, i) + other + text.substring(i + 1)))
                    .as("altered at %d", i)
                    .isFalse();
            assertThat(texts.isOurs(text.substring(0, i))).isFalse();
        }
        TokenText elsewhere = new TokenText(TestCatalog.keys("old"), new SecureRandom());
        assertThat(texts.isOurs(elsewhere.create(owner, id, "local"))).isFalse();
        for (String junk : List.of("", ".", "p", "p.", "p..", "p.ey.", "..", text + "=", text + ".", " " + text)) {
            assertThat(texts.isOurs(junk)).as(junk).isFalse();
        }
    }

    @Test
    @DisplayName("Texts of before a key rotation stay ours while the old key is configured")
    void rotation() {
        byte[] newKey = TestCatalog.randomKey();
        var both = new TokenText(new KeyRing("new", Map.of("old", oldKey, "new", newKey)), new SecureRandom());
        var onlyNew = new TokenText(new KeyRing("new", Map.of("new", newKey)), new SecureRandom());
        assertThat(both.isOurs(text)).isTrue();
        assertThat(onlyNew.isOurs(text)).isFalse();
        assertThat(onlyNew.isOurs(both.create(owner, id, "local"))).isTrue();
    }
}
