package dev.rookery.catalog.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.catalog.testing.TestCatalog;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Keys and encryption at rest (ALGORITHMS.md 19)")
class SealerTest {
    private final byte[] oldKey = TestCatalog.randomKey();
    private final byte[] newKey = TestCatalog.randomKey();
    private final KeyRing before = new KeyRing("old", Map.of("old", oldKey));
    private final KeyRing rotated = new KeyRing("new", Map.of("old", oldKey, "new", newKey));
    private final Sealer sealer = sealer(before);

    private static Sealer sealer(KeyRing keys) {
        return new Sealer(keys, KeyPurpose.SECRET_SEAL, new SecureRandom());
    }

    @Test
    @DisplayName("What was sealed opens at its place, whatever the text")
    void opens() {
        for (String value : new String[] {"", "x", "päßwörd 🐦", "a".repeat(100_000)}) {
            assertThat(sealer.open(sealer.seal(value, "secrets/1"), "secrets/1"))
                    .isEqualTo(value);
        }
    }

    @Test
    @DisplayName("The same value never looks the same twice")
    void nonces() {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            assertThat(seen.add(Base64.getEncoder()
                            .encodeToString(sealer.seal("same", "p").bytes())))
                    .isTrue();
        }
    }

    @Test
    @DisplayName("It does not open in another place")
    void anotherPlace() {
        Sealed sealed = sealer.seal("value", "secrets/1");
        assertThatThrownBy(() -> sealer.open(sealed, "secrets/2"))
                .isInstanceOf(SealBrokenException.class)
                .hasMessageContaining("secrets/2")
                .hasMessageNotContaining("value of");
    }

    @Test
    @DisplayName("Every altered bit and every cut is noticed")
    void tampering() {
        Sealed sealed = sealer.seal("value", "p");
        byte[] bytes = sealed.bytes();
        for (int bit = 0; bit < bytes.length * 8; bit++) {
            byte[] altered = bytes.clone();
            altered[bit / 8] ^= (byte) (1 << bit % 8);
            assertThatThrownBy(() -> sealer.open(new Sealed(sealed.keyId(), altered), "p"))
                    .isInstanceOf(SealBrokenException.class);
        }
        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> sealer.open(new Sealed(sealed.keyId(), cut), "p"))
                    .isInstanceOf(SealBrokenException.class);
        }
    }

    @Test
    @DisplayName("Another master key under the same id says that the master key is wrong")
    void wrongMasterKey() {
        Sealed sealed = sealer.seal("value", "p");
        Sealer other = sealer(new KeyRing("old", Map.of("old", newKey)));
        assertThatThrownBy(() -> other.open(sealed, "p"))
                .isInstanceOf(SealBrokenException.class)
                .hasMessageContaining("the master key is not the one");
    }

    @Test
    @DisplayName("A value sealed under one key does not pass for one of another configured key")
    void keyIdIsBinding() {
        Sealed sealed = sealer.seal("value", "p");
        assertThatThrownBy(() -> sealer(rotated).open(new Sealed("new", sealed.bytes()), "p"))
                .isInstanceOf(SealBrokenException.class);
    }

    @Test
    @DisplayName("After a rotation the old rows open and new rows use the new key; without the old key its id is named")
    void rotation() {
        Sealed old = sealer.seal("value", "p");
        assertThat(sealer(rotated).open(old, "p")).isEqualTo("value");
        assertThat(sealer(rotated).seal("value", "p").keyId()).isEqualTo("new");
        assertThatThrownBy(
                        () -> sealer(new KeyRing("new", Map.of("new", newKey))).open(old, "p"))
                .isInstanceOf(UnknownKeyException.class)
                .hasMessageContaining("'old'");
    }

    @Test
    @DisplayName("Each purpose has a key of its own, and none is the master key")
    void purposes() {
        Set<String> keys = new HashSet<>();
        keys.add(Base64.getEncoder().encodeToString(oldKey));
        for (KeyPurpose purpose : KeyPurpose.values()) {
            assertThat(keys.add(Base64.getEncoder()
                            .encodeToString(before.key("old", purpose).getEncoded())))
                    .isTrue();
        }
        Sealed secret = sealer.seal("value", "p");
        assertThatThrownBy(() -> new Sealer(before, KeyPurpose.TOKEN_SEAL, new SecureRandom()).open(secret, "p"))
                .isInstanceOf(SealBrokenException.class);
    }

    @Test
    @DisplayName("Keys in the configuration: bad ones are named, and none is printed")
    void configuration() {
        String good = Base64.getEncoder().encodeToString(oldKey);
        assertThat(new KeyProperties("a", Map.of("a", good)).toString()).doesNotContain(good);
        assertThat(new KeyProperties("a", Map.of("a", good + "\n")).toKeyRing().ids())
                .containsExactly("a");
        assertThatThrownBy(() -> new KeyProperties("a", Map.of("a", "%%secret%%")).toKeyRing())
                .hasMessageContaining("rookery.keys.master.a")
                .hasMessageNotContaining("secret%%");
        assertThatThrownBy(() -> new KeyProperties("a", Map.of("a", "AAAA")).toKeyRing())
                .hasMessageContaining("'a' has 3 bytes instead of 32");
        assertThatThrownBy(() -> new KeyProperties("b", Map.of("a", good)).toKeyRing())
                .hasMessageContaining("'b'");
    }
}
