package dev.rookery.gateway.query;

import java.util.Set;

/**
 * What differs between the ways in; everything else is the same for all of them.
 *
 * @param systemTables the tables of {@code system} that statements may read
 * @param defaultDatabase whether {@code default} means the workspace, as drivers have it
 */
public record Door(Set<String> systemTables, boolean defaultDatabase) {
    /** Endpoints and the Query API. */
    public static final Door API = new Door(Set.of("one", "numbers"), false);

    /** The ClickHouse interface, where drivers look around (CHI-7, CHI-14). */
    public static final Door DRIVERS = new Door(Set.of("one", "numbers", "settings"), true);

    public Door {
        systemTables = Set.copyOf(systemTables);
    }
}
