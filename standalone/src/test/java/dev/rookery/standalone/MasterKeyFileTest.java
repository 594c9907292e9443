package dev.rookery.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MasterKeyFileTest {
    @TempDir
    Path data;

    @Test
    @DisplayName("made once, 32 bytes, for its owner's eyes only")
    void made() throws IOException {
        String key = MasterKeyFile.readOrCreate(data);

        assertThat(Base64.getDecoder().decode(key)).hasSize(32);
        assertThat(MasterKeyFile.readOrCreate(data)).isEqualTo(key);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve("master.key"))))
                .isEqualTo("rw-------");
        assertThat(MasterKeyFile.keyRing(data, key).currentId()).isEqualTo(ServiceSettings.keyId());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "not base64!", "c2hvcnQ=", "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDEyMw=="})
    @DisplayName("an empty, cut, damaged or over-long one is refused: what to do is said, and never its content")
    void damaged(String text) throws IOException {
        Files.writeString(data.resolve("master.key"), text + "\n");
        String key = MasterKeyFile.readOrCreate(data);

        assertThatThrownBy(() -> MasterKeyFile.keyRing(data, key))
                .isInstanceOf(StandaloneException.class)
                .hasMessageStartingWith(data.resolve("master.key") + " holds no master key")
                .hasMessageContaining("--fresh")
                .hasMessageNotContaining(text.isEmpty() ? "\n" : text);
    }
}
