package dev.rookery.limits.rates;

/** One bucket as this instance sees it. Thread safe. */
interface Counter {
    /** Counts a request. */
    Verdict take();
}
