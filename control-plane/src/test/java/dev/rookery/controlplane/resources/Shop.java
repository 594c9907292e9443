package dev.rookery.controlplane.resources;

import dev.rookery.controlplane.testing.Tenant;
import dev.rookery.controlplane.testing.Upload;

/** A project with a resource of every kind, and what is particular to each. */
final class Shop {
    /** Comments, tabs and an odd order: what is pulled is this, not what we would have written. */
    static final String ORDERS = """
            # every order, as it comes in
            DESCRIPTION >
                Orders of the shop

            TOKEN "shop writer" APPEND

            SCHEMA >
            \t`at` DateTime `json:$.at` CODEC(DoubleDelta, ZSTD(1)),
                `id` UInt64 `json:$.id`,
                note Nullable(String) `json:$.note` DEFAULT 'none'

            ENGINE_SORTING_KEY "id, at"
            ENGINE "MergeTree"
            ENGINE_PARTITION_KEY "toYYYYMM(at)"
            ENGINE_TTL "at + toIntervalDay(3650)"

            INDEXES >
                INDEX by_note note TYPE bloom_filter(0.01) GRANULARITY 2
            """;

    static final String COUNTS = """
            SCHEMA >
                `day` Date,
                `orders` SimpleAggregateFunction(sum, UInt64)

            ENGINE "AggregatingMergeTree"
            ENGINE_SORTING_KEY "day"
            """;

    static final String COUNTS_MV = """
            NODE per_day
            SQL >
                SELECT toDate(at) AS day, count() AS orders FROM orders GROUP BY day

            TYPE materialized
            DATASOURCE counts
            """;

    static final String TOP = """
            DESCRIPTION The orders, newest first
            TOKEN "shop reader" READ

            NODE filtered
            DESCRIPTION >
                Only some
            SQL >
                %
                SELECT * FROM orders
                WHERE id >= {{ UInt64(at_least, 1, description='The least id', required=True) }}
                {% if defined(day) %} AND toDate(at) IN (SELECT day FROM counts) {% end %}

            NODE endpoint
            SQL >
                %
                SELECT id, note FROM filtered ORDER BY at DESC LIMIT {{ Int32(limit, 10) }}

            TYPE endpoint
            """;

    static final String SHARED = """
            NODE everything
            SQL >
                SELECT * FROM top
            """;

    static final Upload PROJECT = Upload.of("datasources/orders.datasource", ORDERS)
            .with("datasources/counts.datasource", COUNTS)
            .with("materializations/counts_mv.pipe", COUNTS_MV)
            .with("endpoints/top.pipe", TOP)
            .with("pipes/shared.pipe", SHARED);

    private Shop() {}

    /** A workspace with the shop live in it. */
    static Tenant open() {
        Tenant tenant = Tenant.create();
        PROJECT.live(tenant.adminToken());
        return tenant;
    }
}
