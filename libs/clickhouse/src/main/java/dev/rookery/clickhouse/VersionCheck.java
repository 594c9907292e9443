package dev.rookery.clickhouse;

import dev.rookery.catalog.clusters.Cluster;
import dev.rookery.catalog.clusters.ClusterPurpose;
import dev.rookery.catalog.clusters.ClusterStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.InitializingBean;

/** A production-readiness check: refuses to start on a ClickHouse version that does not keep tenants apart. */
final class VersionCheck implements InitializingBean {
    private static final Logger LOG = LoggerFactory.getLogger(VersionCheck.class);

    private final ClusterStore clusters;
    private final ClusterConnections connections;
    private final boolean allowUnsafe;

    VersionCheck(ClusterStore clusters, ClusterConnections connections, boolean allowUnsafe) {
        this.clusters = clusters;
        this.connections = connections;
        this.allowUnsafe = allowUnsafe;
    }

    @Override
    public void afterPropertiesSet() {
        clusters.all().forEach(this::check);
    }

    private void check(Cluster cluster) {
        String version;
        try {
            version = connections.text(cluster.id(), ClusterPurpose.ADMIN, ClickHouseRequest.of("SELECT version()"));
        } catch (ClickHouseException e) {
            // A cluster that is down must not keep the services from serving the others.
            LOG.warn("The version of the ClickHouse cluster {} is not known: {}", cluster.name(), e.getMessage());
            return;
        }
        if (SafeVersion.isSafe(version)) {
            return;
        }
        String problem = "The ClickHouse cluster %s runs version %s, which does not keep tenants apart safely"
                .formatted(cluster.name(), version);
        if (!allowUnsafe) {
            throw new IllegalStateException(
                    problem + ": upgrade it, or set rookery.clickhouse.allow-unsafe-version=true knowingly");
        }
        LOG.warn("{}; rookery.clickhouse.allow-unsafe-version allows it", problem);
    }
}
