package dev.rookery.controlplane.deployments;

/**
 * What the caller allows.
 *
 * @param allowDestructive resources may be deleted with their rows (DEP-24)
 * @param autoPromote the deployment goes live by itself once it is staged
 * @param inPlace a build: the workspace is for development, and keeps rows only where the schema allows
 */
record PlanOptions(boolean allowDestructive, boolean autoPromote, boolean inPlace) {
    static PlanOptions build() {
        return new PlanOptions(true, true, true);
    }

    static PlanOptions deploy(boolean allowDestructive, boolean autoPromote) {
        return new PlanOptions(allowDestructive, autoPromote, false);
    }
}
