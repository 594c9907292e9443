package dev.rookery.controlplane.deployments;

/** A file of a project as it was uploaded. */
record ProjectFile(String path, String text) {}
