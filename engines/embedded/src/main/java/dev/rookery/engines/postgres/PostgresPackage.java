package dev.rookery.engines.postgres;

import dev.rookery.engines.EngineException;
import dev.rookery.engines.process.DirectoryTree;
import dev.rookery.engines.process.PrivateFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** The server's programs for this machine, unpacked once per version into the user's cache. */
final class PostgresPackage {
    private static final int OWNER_MAY_EXECUTE = 0100;
    private static final int DIGEST_CHARACTERS = 16;

    private PostgresPackage() {}

    static Path unpacked() {
        String resource = resource();
        try {
            Path cache = cache();
            Path directory = cache.resolve("postgres-" + digest(resource));
            if (!Files.isDirectory(directory)) {
                PrivateFiles.makeDirectory(cache);
                // Two runs at once both unpack; the first to finish wins.
                Path aside = Files.createTempDirectory(cache, "postgres-unpacking");
                unpack(resource, aside);
                if (!moved(aside, directory)) {
                    DirectoryTree.delete(aside);
                }
            }
            return directory;
        } catch (IOException e) {
            throw new EngineException("Cannot unpack Postgres: " + e.getMessage(), e);
        }
    }

    private static String resource() {
        String system = System.getProperty("os.name").startsWith("Mac") ? "darwin" : "linux";
        String machine = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
        boolean arm = machine.equals("aarch64") || machine.equals("arm64");
        return "/postgres-" + system + "-" + (arm ? "arm_64" : "x86_64") + ".txz";
    }

    private static Path cache() {
        String chosen = System.getenv("XDG_CACHE_HOME");
        Path root = chosen == null || chosen.isBlank()
                ? Path.of(System.getProperty("user.home"), ".cache")
                : Path.of(chosen);
        return root.resolve("rookery");
    }

    private static InputStream open(String resource) {
        InputStream in = PostgresPackage.class.getResourceAsStream(resource);
        if (in == null) {
            throw new EngineException("There is no embedded Postgres for this machine (" + resource.substring(1)
                    + " is missing): use a Postgres server of your own.");
        }
        return in;
    }

    private static String digest(String resource) throws IOException {
        try (InputStream in = open(resource)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[1 << 16];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
            return HexFormat.of().formatHex(digest.digest()).substring(0, DIGEST_CHARACTERS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static void unpack(String resource, Path target) throws IOException {
        try (var tar = new TarArchiveInputStream(new XZInputStream(open(resource)))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path file = target.resolve(entry.getName()).normalize();
                if (!file.startsWith(target)) {
                    throw new IOException("the archive has an entry outside of itself: " + entry.getName());
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(file);
                } else {
                    Files.createDirectories(file.getParent());
                    write(tar, entry, file);
                }
            }
        }
    }

    private static void write(TarArchiveInputStream tar, TarArchiveEntry entry, Path file) throws IOException {
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
            return;
        }
        Files.copy(tar, file);
        if ((entry.getMode() & OWNER_MAY_EXECUTE) != 0) {
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
            permissions.add(PosixFilePermission.OWNER_EXECUTE);
            Files.setPosixFilePermissions(file, permissions);
        }
    }

    private static boolean moved(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
            return true;
        } catch (IOException e) {
            if (Files.isDirectory(to)) {
                return false;
            }
            throw e;
        }
    }
}
