package dev.rookery.catalog;

import java.util.UUID;

/** The internal id of a deployment; clients know it by its number within the workspace. */
public record DeploymentId(UUID value) {
    /** Reads the canonical text form; an {@link IllegalArgumentException} says that it is none. */
    public static DeploymentId parse(String text) {
        return new DeploymentId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
