package dev.rookery.catalog.deployments;

/**
 * Something to tell the one who deploys.
 *
 * @param resource like {@code Datasource events.datasource}; clients take the last word
 */
public record Feedback(Level level, String resource, String message) {
    /** How serious it is; an error ends the deployment. */
    public enum Level {
        ERROR,
        WARNING,
        INFO
    }
}
