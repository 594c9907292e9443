package dev.rookery.catalog.keys;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * The master keys of the installation; give them by environment or file, never on a command line.
 *
 * @param current the id of the key that new rows are written under
 * @param master base64 of 32 random bytes per key id; keep old keys until every row has been rewritten
 */
@Validated
@ConfigurationProperties("rookery.keys")
public record KeyProperties(
        @NotBlank String current, @NotEmpty Map<String, String> master) {
    /** @throws IllegalArgumentException naming the key at fault, never its value */
    public KeyRing toKeyRing() {
        Map<String, byte[]> keys = new HashMap<>();
        master.forEach((id, text) -> {
            try {
                keys.put(id, Base64.getDecoder().decode(text.strip()));
            } catch (IllegalArgumentException notBase64) {
                throw new IllegalArgumentException("rookery.keys.master.%s is not base64".formatted(id), notBase64);
            }
        });
        return new KeyRing(current, keys);
    }

    @Override
    public String toString() {
        return "KeyProperties[current=%s, master=%s]".formatted(current, master.keySet());
    }
}
