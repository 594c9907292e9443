package dev.rookery.limits;

import java.util.EnumMap;
import java.util.Map;

/** The plans that come with the platform (BIL-1, docs/pricing/limits). An operator changes them in Postgres. */
final class ShippedPlans {
    /** What an organization is on when nobody says otherwise, and where its plan is not known. */
    static final String FREE = "free";

    private static final long MB = 1 << 20;
    private static final long GB = 1_000_000_000;
    private static final long MINUTE = 60;
    private static final long HOUR = 60 * MINUTE;

    private static final Map<String, Map<Limit, Long>> PLANS =
            Map.of(FREE, free(), "developer", developer(), "enterprise", enterprise(), "dedicated", Map.of());

    private ShippedPlans() {}

    /** The limits of a plan; none when there is no plan of that name. */
    static Map<Limit, Long> of(String plan) {
        return PLANS.getOrDefault(plan, Map.of());
    }

    static boolean has(String plan) {
        return PLANS.containsKey(plan);
    }

    /** What holds on all plans but the one whose only limits are its machines. */
    private static Map<Limit, Long> shared() {
        var limits = new EnumMap<Limit, Long>(Limit.class);
        limits.put(Limit.QUERY_TIME, 10L);
        limits.put(Limit.QUERY_RESULT, 100 * MB);
        limits.put(Limit.QUERY_SQL, 8L << 10);
        limits.put(Limit.WORKSPACES, 90L);
        limits.put(Limit.MEMBERS, 90L);
        limits.put(Limit.DATASOURCES, 100L);
        limits.put(Limit.TOKENS, 100_000L);
        limits.put(Limit.SECRETS, 100L);
        limits.put(Limit.COLUMNS, 500L);
        limits.put(Limit.UPLOAD_BODY, 8 * MB);
        limits.put(Limit.UPLOAD_TEXT, 500 * MB);
        limits.put(Limit.UPLOAD_PARQUET, 50 * MB);
        limits.put(Limit.KAFKA_TOPICS, 5L);
        limits.put(Limit.PARTITIONS_AT_ONCE, 12L);
        limits.put(Limit.EVENTS_BODY, 10 * MB);
        limits.put(Limit.EVENTS_PER_SECOND, 100L);
        limits.put(Limit.CREATES_PER_MINUTE, 25L);
        limits.put(Limit.EVENTS_CREATES_PER_MINUTE, 5L);
        limits.put(Limit.LOADS_PER_MINUTE, 5L);
        return limits;
    }

    private static Map<Limit, Long> free() {
        Map<Limit, Long> limits = shared();
        limits.put(Limit.QUERIES_PER_DAY, 1_000L);
        limits.put(Limit.QUERIES_GUARDED_AT, 70L);
        limits.put(Limit.QUERIES_PER_SECOND, 10L);
        limits.put(Limit.QUERIES_BURST, 20L);
        limits.put(Limit.QUERY_THREADS, 1L);
        limits.put(Limit.VCPU, 500L);
        limits.put(Limit.STORAGE, 10 * GB);
        limits.put(Limit.FILE_PARQUET, 1_024 * MB);
        limits.put(Limit.FILE, 10_240 * MB);
        limits.put(Limit.COPY_PIPES, 20L);
        limits.put(Limit.COPY_JOBS, 1L);
        limits.put(Limit.COPY_TIME, 20L);
        limits.put(Limit.COPY_PERIOD, HOUR);
        limits.put(Limit.SINK_PIPES, 0L);
        limits.put(Limit.DELETE_JOBS, 1L);
        return Map.copyOf(limits);
    }

    /** The smallest size (BIL-6); larger ones are the operator's plans, or agreed with an organization. */
    private static Map<Limit, Long> developer() {
        Map<Limit, Long> limits = paid();
        limits.put(Limit.QUERIES_GUARDED_AT, 70L);
        limits.put(Limit.QUERIES_PER_SECOND, 10L);
        limits.put(Limit.QUERIES_CEILING, 40L);
        limits.put(Limit.QUERY_THREADS, 1L);
        limits.put(Limit.VCPU, 250L);
        limits.put(Limit.STORAGE, 25 * GB);
        limits.put(Limit.COPY_PIPES, 100L);
        limits.put(Limit.COPY_JOBS, 3L);
        limits.put(Limit.COPY_TIME, 30L);
        limits.put(Limit.COPY_PERIOD, 10 * MINUTE);
        limits.put(Limit.SINK_PIPES, 3L);
        limits.put(Limit.SINK_JOBS, 3L);
        limits.put(Limit.SINK_TIME, 30L);
        limits.put(Limit.SINK_PERIOD, 10 * MINUTE);
        limits.put(Limit.DELETE_JOBS, 3L);
        return Map.copyOf(limits);
    }

    /** On shared machines, from 4 vCPUs on. */
    private static Map<Limit, Long> enterprise() {
        Map<Limit, Long> limits = paid();
        limits.put(Limit.QUERIES_GUARDED_AT, 80L);
        limits.put(Limit.QUERIES_PER_SECOND, 100L);
        limits.put(Limit.QUERIES_CEILING, 400L);
        limits.put(Limit.QUERY_THREADS, 4L);
        limits.put(Limit.VCPU, 4_000L);
        limits.put(Limit.STORAGE, 1_000 * GB);
        limits.put(Limit.COPY_PIPES, 200L);
        limits.put(Limit.COPY_JOBS, 6L);
        limits.put(Limit.COPY_TIME, 30 * MINUTE);
        limits.put(Limit.COPY_PERIOD, MINUTE);
        limits.put(Limit.SINK_PIPES, 10L);
        limits.put(Limit.SINK_JOBS, 6L);
        limits.put(Limit.SINK_TIME, 5 * MINUTE);
        limits.put(Limit.SINK_PERIOD, MINUTE);
        limits.put(Limit.DELETE_JOBS, 6L);
        return Map.copyOf(limits);
    }

    private static Map<Limit, Long> paid() {
        Map<Limit, Long> limits = shared();
        limits.put(Limit.FILE_PARQUET, 5 * 1_024 * MB);
        limits.put(Limit.FILE, 32 * 1_024 * MB);
        limits.put(Limit.SINK_MEMORY, 10 * GB);
        return limits;
    }
}
