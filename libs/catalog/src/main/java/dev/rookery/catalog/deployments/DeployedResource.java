package dev.rookery.catalog.deployments;

import dev.rookery.catalog.ObjectId;
import dev.rookery.catalog.ResourceId;
import org.jspecify.annotations.Nullable;

/**
 * A resource as a deployment holds it.
 *
 * @param path the datafile's path in the project
 * @param object the table or view that serves it; null for pipes that materialize nothing
 */
public record DeployedResource(
        ResourceId resource,
        String path,
        String datafile,
        @Nullable ObjectId object) {}
