package dev.rookery.catalog.workspaces;

import java.util.Locale;
import java.util.Optional;

/** What a member of a workspace may do (WS-9). */
public enum WorkspaceRole {
    /** Manages resources and users, creates branches, and alone reads the workspace admin token (TOK-4). */
    ADMIN,
    /** Manages resources and creates branches. */
    GUEST,
    /** Reads, and creates branches. */
    VIEWER;

    /** The role as clients write it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Reads a role in any case. */
    public static Optional<WorkspaceRole> parse(String text) {
        try {
            return Optional.of(valueOf(text.toUpperCase(Locale.ROOT)));
        } catch (IllegalArgumentException unknown) {
            return Optional.empty();
        }
    }
}
