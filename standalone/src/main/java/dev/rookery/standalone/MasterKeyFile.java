package dev.rookery.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;

/** The master key of a data directory, made on its first use, readable by its owner only. */
final class MasterKeyFile {
    private static final int BYTES = 32;

    private MasterKeyFile() {}

    /** @return base64 of the key */
    static String readOrCreate(Path data) {
        Path file = data.resolve("master.key");
        try {
            if (!Files.exists(file)) {
                byte[] key = new byte[BYTES];
                new SecureRandom().nextBytes(key);
                var mode = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
                Files.createFile(file, mode);
                Files.writeString(file, Base64.getEncoder().encodeToString(key) + "\n");
            }
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new StandaloneException(
                    "cannot read or write the master key in %s: %s".formatted(file, e.getMessage()), e);
        }
    }
}
