package dev.rookery.controlplane.deployments;

import dev.rookery.clickhouse.ClickHouseException;
import dev.rookery.clickhouse.PublicMessage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What ClickHouse refuses of a project, collected in the tenant's words. Not thread safe. */
final class StagingFailures {
    private static final int TIMEOUT_EXCEEDED = 159;

    private final String database;
    private final Map<String, String> names = new HashMap<>();
    private final List<ProjectError> errors = new ArrayList<>();

    StagingFailures(String database) {
        this.database = database;
    }

    /** Messages about this table speak of the resource instead. */
    void name(String physical, String resource) {
        names.put(physical, resource);
    }

    /** Runs a step; what the project is to blame for is kept, what may succeed later is thrown. */
    void collect(String path, int line, Runnable step) {
        try {
            step.run();
        } catch (ClickHouseException e) {
            // A statement that takes too long only to be read takes as long the next time.
            if (e.isRetriable() && e.code() != TIMEOUT_EXCEEDED) {
                throw e;
            }
            errors.add(ProjectError.of(path, line, PublicMessage.of(String.valueOf(e.getMessage()), database, names)));
        } catch (NodeException e) {
            errors.add(ProjectError.of(path, line, String.valueOf(e.getMessage())));
        }
    }

    /** @throws ProjectException with all of them */
    void throwIfAny() {
        if (!errors.isEmpty()) {
            throw new ProjectException(errors);
        }
    }
}
