package dev.rookery.gateway.limits;

import java.util.function.BooleanSupplier;

/** What happened to one endpoint's calls lately, and how many of them may run at once. Thread safe. */
final class EndpointHealth {
    private static final int WINDOW = 30;

    /** Fewer calls say nothing about a share. */
    private static final int ENOUGH = 10;

    private static final double TOO_MANY_FAILURES = 0.1;

    /** As good as no limit. */
    private static final int RELAXED = 1_000;

    private static final int NO_LIMIT = Integer.MAX_VALUE;

    /** Calls that ended, and those of them that failed, per second of the window. */
    private final int[] ended = new int[WINDOW];

    private final int[] failed = new int[WINDOW];
    private long now;
    private long adjusted;
    private int underWay;
    private int limit = NO_LIMIT;

    /** @param isShort whether the cluster is short of memory; asked only when too many calls fail */
    synchronized boolean enter(long second, BooleanSupplier isShort) {
        advance(second);
        if (second > adjusted) {
            adjust(second - adjusted, isShort);
            adjusted = second;
        }
        if (underWay >= limit) {
            return false;
        }
        underWay++;
        return true;
    }

    synchronized void ended(long second, boolean hasFailed) {
        advance(second);
        underWay--;
        int slot = (int) (now % WINDOW);
        ended[slot]++;
        if (hasFailed) {
            failed[slot]++;
        }
    }

    private void advance(long second) {
        long steps = Math.min(second - now, WINDOW);
        for (long i = 0; i < steps; i++) {
            int slot = (int) ((second - i) % WINDOW);
            ended[slot] = 0;
            failed[slot] = 0;
        }
        now = Math.max(now, second);
    }

    /** LIM-30: of 10 calls a second with 5 failing, 5 at once. Relaxed by a tenth a second, at least by one. */
    private void adjust(long seconds, BooleanSupplier isShort) {
        int calls = 0;
        int failures = 0;
        int busy = 0;
        for (int slot = 0; slot < WINDOW; slot++) {
            calls += ended[slot];
            failures += failed[slot];
            busy += ended[slot] > 0 ? 1 : 0;
        }
        boolean failing = calls >= ENOUGH && failures > calls * TOO_MANY_FAILURES;
        if (failing && isShort.getAsBoolean()) {
            limit = Math.max(1, Math.round((calls - failures) / (float) busy));
        } else if (limit != NO_LIMIT) {
            for (long i = 0; i < Math.min(seconds, WINDOW); i++) {
                limit += Math.max(1, limit / 10);
            }
            if (limit > RELAXED) {
                limit = NO_LIMIT;
            }
        }
    }
}
