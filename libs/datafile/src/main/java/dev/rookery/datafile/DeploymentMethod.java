package dev.rookery.datafile;

/** The values of {@code DEPLOYMENT_METHOD} (DFP-11). */
public enum DeploymentMethod {
    ALTER
}
