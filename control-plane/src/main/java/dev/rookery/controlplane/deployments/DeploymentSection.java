package dev.rookery.controlplane.deployments;

import dev.rookery.catalog.ResourceId;
import dev.rookery.catalog.deployments.Deployment;
import dev.rookery.catalog.ingestion.BarrierRequest;
import dev.rookery.catalog.ingestion.CriticalSection;
import dev.rookery.catalog.ingestion.LaneKey;
import dev.rookery.catalog.ingestion.WritePlan;
import dev.rookery.catalog.snapshot.WorkspaceSnapshot;
import java.util.Set;

/**
 * A critical section of a deployment (ALGORITHMS.md B and C), and what a barrier for it is asked with.
 *
 * @param sources whose rows it stops; it needs no barrier when there are none
 */
record DeploymentSection(Set<ResourceId> sources, CriticalSection section) {
    /** The kinds of section, as recorded with the barrier. */
    enum Kind {
        FORK,
        PROMOTE;

        String text() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    DeploymentSection {
        sources = Set.copyOf(sources);
    }

    BarrierRequest request(WorkspaceSnapshot workspace, Deployment deployment, Kind kind) {
        return new BarrierRequest(
                workspace.id(),
                workspace.place().cluster(),
                sources,
                kind.text(),
                Integer.toString(deployment.number()));
    }

    /** The name under which a deployment's entries receive rows. */
    static String graphOf(Deployment deployment) {
        return "d" + deployment.number();
    }

    /** A plan without the entries of any deployment. */
    static WritePlan liveOnly(WritePlan plan) {
        WritePlan live = plan;
        for (String graph : plan.graphs()) {
            if (!graph.equals(LaneKey.LIVE)) {
                live = live.without(graph);
            }
        }
        return live;
    }
}
