package dev.rookery.catalog;

import java.util.UUID;

/** The id of a workspace: the unit of tenancy (WS-2). */
public record WorkspaceId(UUID value) {
    /** Reads the canonical text form; an {@link IllegalArgumentException} says that it is none. */
    public static WorkspaceId parse(String text) {
        return new WorkspaceId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
