package dev.rookery.template;

import java.util.function.LongSupplier;

/** What is left of {@link RenderLimits} while one template renders. Everything that takes time or memory asks here. */
final class Budget {
    static final int MAX_VALUE_DEPTH = 32;
    static final int MAX_INTEGER_BITS = 512;
    /** No ordinary template gets this far, so that none fails because its machine or its collector paused. */
    private static final int STEPS_PER_LOOK_AT_THE_CLOCK = 32_768;

    private static final int ITEMS_PER_STEP = 4;
    private static final int CHARACTERS_PER_STEP = 32;
    private static final int CHARACTERS_PER_SEARCH_STEP = 1024;

    private final RenderLimits limits;
    private final LongSupplier nanoTime;
    private int left;
    private int untilClock = STEPS_PER_LOOK_AT_THE_CLOCK;
    private final long start;

    Budget(RenderLimits limits, LongSupplier nanoTime) {
        this.limits = limits;
        this.nanoTime = nanoTime;
        this.left = limits.maxSteps();
        this.start = nanoTime.getAsLong();
    }

    void step() {
        steps(1);
    }

    void steps(int count) {
        left -= count;
        if (left < 0) {
            throw exhausted("the template takes more than " + limits.maxSteps() + " steps");
        }
        untilClock -= count;
        if (untilClock < 0) {
            untilClock = STEPS_PER_LOOK_AT_THE_CLOCK;
            if (nanoTime.getAsLong() - start > limits.maxTime().toNanos()) {
                throw exhausted(
                        "the template takes more than " + limits.maxTime().toMillis() + " ms");
            }
        }
    }

    /** Charges for handling this many characters, where no string of that length is kept. */
    void characters(int count) {
        steps(1 + count / CHARACTERS_PER_STEP);
    }

    /** Charges for looking for one text in another, which at worst compares every character with every other. */
    void search(int length, int soughtLength) {
        steps(1 + (int) Math.min(Integer.MAX_VALUE / 2, (long) length * soughtLength / CHARACTERS_PER_SEARCH_STEP));
        characters(length);
    }

    /** Asked before a string of this length is made. */
    void text(long length) {
        length(length);
        characters((int) length);
    }

    /** Checks the length a text has grown to, where its characters are charged as they are added. */
    void length(long length) {
        if (length > limits.maxText()) {
            throw exhausted("a text is longer than " + limits.maxText() + " characters");
        }
    }

    /** Asked before a collection of this size is made. */
    void items(long count) {
        if (count > limits.maxItems()) {
            throw exhausted("a list has more than " + limits.maxItems() + " elements");
        }
        steps((int) count / ITEMS_PER_STEP + 1);
    }

    void output(int length) {
        if (length > limits.maxOutput()) {
            throw exhausted("the rendered SQL is longer than " + limits.maxOutput() + " characters");
        }
    }

    static EvaluationException exhausted(String what) {
        return new EvaluationException(TemplateException.Kind.LIMIT, "Limit exceeded, " + what);
    }
}
