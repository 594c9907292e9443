package dev.rookery.controlplane.branches;

import dev.rookery.access.web.ApiException;
import java.util.List;

/** Which rows a branch begins with. */
enum BranchData {
    NONE,
    /** Of each data source the newest partition (BR-2). */
    LAST_PARTITION,
    ALL_PARTITIONS;

    /** As the request of a job names it. */
    String text() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    /** @throws ApiException 400 */
    static BranchData parse(String text) {
        if (text.isEmpty()) {
            return NONE;
        }
        return List.of(values()).stream()
                .filter(value -> value.text().equals(text))
                .findFirst()
                .orElseThrow(() -> ApiException.badRequest(
                        "'%s' is not understood: the data of a branch is last_partition, all_partitions or nothing"
                                .formatted(text)));
    }
}
