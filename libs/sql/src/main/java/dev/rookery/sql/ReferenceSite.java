package dev.rookery.sql;

import org.jspecify.annotations.Nullable;

/**
 * A reference with what rewriting needs.
 *
 * @param end behind the name
 * @param aliasable whether an alias may follow here
 * @param modifiersStart before FINAL or SAMPLE; equal to {@code modifiersEnd} if there are none
 * @param select the SELECT whose FROM it stands in; null outside FROM
 */
record ReferenceSite(
        TableReference reference,
        int end,
        boolean aliasable,
        boolean isFinal,
        int modifiersStart,
        int modifiersEnd,
        @Nullable SelectSite select) {

    int start() {
        return reference.position().offset();
    }
}
