package dev.rookery.engines.clickhouse;

import dev.rookery.engines.Credentials;
import dev.rookery.engines.process.StoredSecrets;
import java.nio.file.Path;

/** The users of a data directory, with passwords that are made once and kept in it. */
final class NodePasswords {
    private NodePasswords() {}

    static ClickHouseUsers of(Path home) {
        var stored = StoredSecrets.in(home, "admin", "writer", "gateway");
        return new ClickHouseUsers(
                credentials(stored, "admin"), credentials(stored, "writer"), credentials(stored, "gateway"));
    }

    private static Credentials credentials(StoredSecrets stored, String user) {
        return new Credentials(user, stored.get(user));
    }
}
