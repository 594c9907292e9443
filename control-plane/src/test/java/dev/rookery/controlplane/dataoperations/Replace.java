package dev.rookery.controlplane.dataoperations;

import dev.rookery.catalog.JobId;
import dev.rookery.catalog.deployments.PhysicalObject;
import dev.rookery.catalog.deployments.ResourceStore;
import dev.rookery.catalog.jobs.JobQueue;
import dev.rookery.catalog.jobs.NewJob;
import dev.rookery.catalog.snapshot.DatasourceEntry;
import dev.rookery.clickhouse.Sql;
import dev.rookery.controlplane.testing.ControlPlane;
import dev.rookery.controlplane.testing.Http.Reply;
import dev.rookery.controlplane.testing.Tenant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** What an import hands over for a replace: a table with the payload, and a job. */
final class Replace {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private Replace() {}

    /**
     * Replaces, and waits for the job's end.
     *
     * @param payload what follows INSERT INTO and the table; null for no rows
     */
    static Reply run(Tenant tenant, String datasource, @Nullable String condition, @Nullable String payload) {
        return Chain.ended(
                tenant, begin(tenant, datasource, condition, payload, 0).toString());
    }

    static JobId begin(
            Tenant tenant, String datasource, @Nullable String condition, @Nullable String payload, long quarantined) {
        var plane = ControlPlane.shared();
        DatasourceEntry entry = tenant.snapshot().live().datasource(datasource).orElseThrow();
        PhysicalObject scratch = plane.inTransaction(
                () -> plane.bean(ResourceStore.class).announce(tenant.id(), entry.id(), PhysicalObject.Kind.TABLE));
        String table = Sql.table(tenant.place().database(), scratch.name());
        plane.clickHouse().execute("CREATE TABLE %s AS %s".formatted(table, tenant.table(datasource)));
        if (payload != null) {
            plane.clickHouse().execute("INSERT INTO %s %s".formatted(table, payload));
        }
        long rows = Long.parseLong(Chain.one(tenant, "SELECT toString(count()) FROM " + table, datasource));
        Map<String, @Nullable Object> request = new HashMap<>();
        request.put("mode", "replace");
        request.put("datasource", datasource);
        request.put("replace_condition", condition);
        request.put("scratch", scratch.name());
        request.put("rows", rows);
        request.put("quarantine_rows", quarantined);
        return plane.inTransaction(() -> {
            var queue = plane.bean(JobQueue.class);
            JobId id = queue.add(NewJob.of(tenant.id(), "import")
                    .on(entry.id())
                    .asking(JSON.writeValueAsString(request))
                    .cancellableInTheMiddle());
            plane.jdbc()
                    .sql("update jobs set status = 'working' where id = :id")
                    .param("id", id.value())
                    .update();
            var jobs = plane.bean(dev.rookery.catalog.jobs.JobStore.class);
            queue.handOver(jobs.find(tenant.id(), id).orElseThrow(), ReplaceJob.TASK);
            return id;
        });
    }
}
