package dev.rookery.engines.process;

import dev.rookery.engines.EngineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/** Directories and files that only their owner may enter or read. */
public final class PrivateFiles {
    private PrivateFiles() {}

    /**
     * Makes a directory (mode 700) and those above it, if they are missing.
     *
     * @throws EngineException when that is not possible or it cannot be written to
     */
    public static void makeDirectory(Path directory) {
        try {
            if (!Files.isDirectory(directory)) {
                Files.createDirectories(
                        directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            }
        } catch (IOException e) {
            throw notWritable(directory, e);
        }
        if (!Files.isWritable(directory)) {
            throw new EngineException(
                    "The directory " + directory + " cannot be written: choose another or change its owner.");
        }
    }

    /**
     * Makes the directory (mode 700) that a file is to lie in.
     *
     * @throws EngineException when that is not possible or it cannot be written to
     */
    public static void makeParent(Path file) {
        Path parent = file.toAbsolutePath().getParent();
        if (parent != null) {
            makeDirectory(parent);
        }
    }

    /**
     * Writes a file (mode 600) in one step: a reader sees the old text or the new one.
     *
     * @throws EngineException when that is not possible
     */
    public static void write(Path file, String text) {
        try {
            Path aside = Files.createTempFile(
                    file.toAbsolutePath().getParent(),
                    file.getFileName().toString(),
                    ".new",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(aside, text);
            Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw notWritable(file, e);
        }
    }

    private static EngineException notWritable(Path path, IOException cause) {
        return new EngineException(
                "Cannot write " + path + " (" + cause.getClass().getSimpleName()
                        + "): choose another data directory or change its owner.",
                cause);
    }
}
