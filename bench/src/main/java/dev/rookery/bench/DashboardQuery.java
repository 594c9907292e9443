package dev.rookery.bench;

import dev.rookery.sql.ReferenceKind;
import dev.rookery.sql.Replacement;
import dev.rookery.sql.TableReference;

/** A statement of 2 KB that reads five tables, and one that grows. */
final class DashboardQuery {

    static final String SQL = """
            WITH
                toStartOfDay(now() - INTERVAL 30 DAY) AS since,
                active AS (
                    SELECT user_id, count() AS actions, max(timestamp) AS last_seen
                    FROM events
                    WHERE timestamp >= since AND action NOT IN ('heartbeat', 'ping')
                    GROUP BY user_id
                    HAVING actions > 3
                )
            -- revenue and activity by country and plan
            SELECT
                u.country AS country,
                p.name AS plan,
                uniq(a.user_id) AS users,
                sum(a.actions) AS actions,
                round(sum(o.total) / greatest(uniq(a.user_id), 1), 2) AS revenue_per_user,
                quantilesTDigest(0.5, 0.9, 0.99)(o.total) AS order_totals,
                countIf(o.status = 'refunded') / count() AS refund_rate,
                argMax(o.currency, o.created_at) AS last_currency,
                arraySort(x -> -x, groupUniqArray(10)(toYYYYMM(o.created_at))) AS months,
                CASE WHEN revenue_per_user > 100 THEN 'high' WHEN revenue_per_user > 10 THEN 'mid' ELSE 'low' END AS tier,
                JSONExtractString(any(u.properties), 'utm', 'source') AS source,
                dateDiff('day', min(u.created_at), max(a.last_seen)) AS lifetime_days,
                sumIf(o.total, o.status = 'paid' AND o.created_at >= now() - INTERVAL 7 DAY) AS paid_last_week,
                topK(3)(u.platform)[1] AS favourite_platform
            FROM active AS a
            INNER JOIN users AS u ON u.id = a.user_id
            LEFT JOIN orders AS o ON o.user_id = a.user_id AND o.created_at >= since
            LEFT JOIN plans AS p ON p.id = u.plan_id
            WHERE u.deleted_at IS NULL
              AND u.country IN (SELECT code FROM countries WHERE region = 'EMEA' AND enabled)
              AND (o.status IN ('paid', 'refunded', 'pending') OR o.status = '')
              AND a.last_seen BETWEEN since AND now()
              AND lower(u.email) NOT LIKE '%@example.com'
              AND multiIf(u.kind = 1, 'person', u.kind = 2, 'company', 'other') != 'other'
              AND match(u.name, '^[A-Za-z ]+$')
              AND has(['web', 'ios', 'android'], u.platform)
              AND notEmpty(u.email)
              AND position(u.referrer, 'https://www.example.com/campaigns/') != 1
            GROUP BY country, plan
            HAVING users >= 10 AND refund_rate < 0.25
            ORDER BY revenue_per_user DESC, country ASC, plan ASC
            LIMIT 5 BY country
            LIMIT 100
            """;

    private static final String REPEATED =
            "\nUNION ALL\nSELECT a.x, count(), sum(b.y * 2 + 1) FROM events AS a LEFT JOIN users AS b ON a.id = b.id"
                    + " WHERE a.kind IN ('k', 'l') AND b.name != 'n' GROUP BY a.x";

    private DashboardQuery() {}

    /** A valid statement of about this many UTF-16 units, whose parts are all alike. */
    static String ofLength(int length) {
        return "SELECT 'x', 1, 2" + REPEATED.repeat(Math.max(1, (length - 16) / REPEATED.length()));
    }

    static Replacement physical(TableReference reference) {
        return reference.kind() == ReferenceKind.TABLE_FUNCTION
                ? new Replacement.Keep()
                : new Replacement.PhysicalTable("ws_0001", "t_" + reference.name());
    }
}
