package dev.rookery.controlplane.dataoperations;

import dev.rookery.catalog.JobId;
import dev.rookery.catalog.jobs.JobFailedException;
import dev.rookery.catalog.snapshot.WorkspaceSnapshot;
import dev.rookery.catalog.workspaces.TenantPlace;
import dev.rookery.clickhouse.ClickHouseException;
import dev.rookery.clickhouse.ClickHouseRequest;
import dev.rookery.clickhouse.Sql;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The mutation of one job. Its command bears the job's id, by which it is found again, and so does the query that asks for
 * it: whoever takes the job over never asks for a second one. One thread.
 */
final class Mutation {
    private static final Pattern CODE = Pattern.compile("^Code: (\\d+)\\.");
    private static final Duration FIRST_LOOK = Duration.ofMillis(20);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    private record Standing(String id, boolean done, String failure) {}

    private final Swaps swaps;
    private final WorkspaceSnapshot workspace;
    private final TenantPlace place;
    private final String table;
    private final String marker;

    Mutation(Swaps swaps, WorkspaceSnapshot workspace, String table, JobId job) {
        this.swaps = swaps;
        this.workspace = workspace;
        this.place = workspace.place();
        this.table = table;
        this.marker = "delete-" + job;
    }

    /**
     * Deletes, or waits for what was begun, until every part is rewritten.
     *
     * @param condition over physical tables, in brackets
     * @param meanwhile called again and again; may throw
     * @throws JobFailedException when ClickHouse cannot do it
     */
    void run(String condition, Runnable meanwhile) {
        if (standing().isEmpty()) {
            ask(condition);
        }
        Duration pause = FIRST_LOOK;
        while (true) {
            meanwhile.run();
            Standing now =
                    standing().orElseThrow(() -> new JobFailedException("The deletion was ended by somebody else"));
            if (now.done()) {
                return;
            }
            failOn(now);
            LockSupport.parkNanos(pause.toNanos());
            pause = pause.multipliedBy(2).compareTo(LOOK_EVERY) < 0 ? pause.multipliedBy(2) : LOOK_EVERY;
        }
    }

    private void ask(String condition) {
        // One that a predecessor has sent may still be on its way.
        endQuery();
        if (standing().isPresent()) {
            return;
        }
        try {
            swaps.admin(
                    place,
                    ClickHouseRequest.of("ALTER TABLE %s DELETE WHERE %s AND %s != ''"
                                    .formatted(Sql.table(place.database(), table), condition, Sql.literal(marker)))
                            .with("query_id", marker)
                            .with("mutations_sync", "0"));
        } catch (ClickHouseException e) {
            if (e.isRetriable()) {
                throw e;
            }
            throw new JobFailedException(Condition.publicMessage(workspace, e), e);
        }
    }

    /** What a part cannot do now it may do later, but for errors that are of the condition. */
    private void failOn(Standing now) {
        Matcher code = CODE.matcher(now.failure());
        if (code.find()) {
            var failure = new ClickHouseException(Integer.parseInt(code.group(1)), now.failure(), null);
            if (!failure.isRetriable()) {
                throw new JobFailedException(Condition.publicMessage(workspace, failure), failure);
            }
        }
    }

    /** Ends it, if it is there; parts that are rewritten stay so. */
    void kill() {
        endQuery();
        standing()
                .filter(standing -> !standing.done())
                .ifPresent(standing -> swaps.admin(
                        place,
                        "KILL MUTATION WHERE database = %s AND table = %s AND mutation_id = %s SYNC"
                                .formatted(
                                        Sql.literal(place.database()),
                                        Sql.literal(table),
                                        Sql.literal(standing.id()))));
    }

    private void endQuery() {
        swaps.admin(place, "KILL QUERY WHERE query_id = %s SYNC".formatted(Sql.literal(marker)));
    }

    private Optional<Standing> standing() {
        List<String> rows = swaps.admin(
                        place, """
                        SELECT mutation_id, latest_fail_reason, is_done FROM system.mutations
                         WHERE database = %s AND table = %s AND position(command, %s) > 0
                         ORDER BY create_time LIMIT 1 FORMAT TSV
                        """.formatted(Sql.literal(place.database()), Sql.literal(table), Sql.literal(marker)))
                .lines()
                .toList();
        return rows.stream().findFirst().map(row -> {
            String[] parts = row.split("\t", -1);
            return new Standing(parts[0], parts[2].equals("1"), parts[1]);
        });
    }
}
