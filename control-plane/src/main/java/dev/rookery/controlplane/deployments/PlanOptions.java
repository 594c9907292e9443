package dev.rookery.controlplane.deployments;

/**
 * What the caller allows.
 *
 * @param allowDestructive resources may be deleted with their rows (DEP-24)
 * @param inPlace a build: the workspace is for development, and keeps rows only where the schema allows
 */
record PlanOptions(boolean allowDestructive, boolean inPlace) {
    static PlanOptions build() {
        return new PlanOptions(true, true);
    }

    static PlanOptions deploy(boolean allowDestructive) {
        return new PlanOptions(allowDestructive, false);
    }
}
