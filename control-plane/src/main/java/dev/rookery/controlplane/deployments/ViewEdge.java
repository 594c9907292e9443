package dev.rookery.controlplane.deployments;

/**
 * A materialized view as a way that rows take, by names of the project.
 *
 * @param pipe the materialized pipe
 * @param source the data source whose arriving rows it transforms
 * @param target the data source that it writes to
 */
record ViewEdge(String pipe, String source, String target) {}
