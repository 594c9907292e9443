package dev.rookery.standalone;

import dev.rookery.catalog.keys.KeyRing;
import dev.rookery.engines.process.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;

/** The master key of a data directory, made on its first use, readable by its owner only. */
final class MasterKeyFile {
    private static final String NAME = "master.key";
    private static final int BYTES = 32;

    private MasterKeyFile() {}

    /** @return base64 of the key */
    static String readOrCreate(Path data) {
        Path file = data.resolve(NAME);
        if (!Files.exists(file)) {
            byte[] key = new byte[BYTES];
            new SecureRandom().nextBytes(key);
            // In one step: half a key, left by a run that was killed here, would be taken for the key ever after.
            PrivateFiles.write(file, Base64.getEncoder().encodeToString(key) + "\n");
        }
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new StandaloneException("cannot read the master key in %s: %s".formatted(file, e.getMessage()), e);
        }
    }

    /**
     * The key ring that holds the key alone.
     *
     * @throws StandaloneException when the file holds no such key
     */
    static KeyRing keyRing(Path data, String masterKey) {
        try {
            byte[] key = Base64.getDecoder().decode(masterKey);
            return new KeyRing(ServiceSettings.keyId(), Map.of(ServiceSettings.keyId(), key));
        } catch (IllegalArgumentException e) {
            throw new StandaloneException(
                    "%s holds no master key, which is base64 of %d bytes: put the right one back, or start over with --fresh"
                            .formatted(data.resolve(NAME), BYTES),
                    e);
        }
    }

    /** The error of data that were written under another key. */
    static StandaloneException wrong(Path data, Throwable cause) {
        return new StandaloneException(
                "%s is not the master key that the data were written with: put the right one back, or start over with --fresh"
                        .formatted(data.resolve(NAME)),
                cause);
    }
}
