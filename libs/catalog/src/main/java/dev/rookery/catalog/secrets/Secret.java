package dev.rookery.catalog.secrets;

import java.time.Instant;

/** A secret without its value (E-11). */
public record Secret(String name, String editedBy, Instant createdAt, Instant updatedAt) {}
