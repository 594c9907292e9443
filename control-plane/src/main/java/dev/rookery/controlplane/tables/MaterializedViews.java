package dev.rookery.controlplane.tables;

import dev.rookery.catalog.workspaces.TenantPlace;
import dev.rookery.clickhouse.Sql;

/** Statements about materialized views. */
public final class MaterializedViews {
    private MaterializedViews() {}

    public static String create(TenantPlace place, String view, String target, String select) {
        return "CREATE MATERIALIZED VIEW IF NOT EXISTS %s TO %s AS\n%s"
                .formatted(Sql.table(place.database(), view), Sql.table(place.database(), target), select);
    }

    public static String drop(TenantPlace place, String view) {
        return "DROP VIEW IF EXISTS " + Sql.table(place.database(), view);
    }
}
