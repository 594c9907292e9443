package dev.rookery.controlplane.branches;

import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the job that fills a branch is to do.
 *
 * @param branch the id of the branch
 * @param data as {@link BranchData#text}
 * @param ignored names of data sources that stay empty
 */
record BranchRequest(String branch, String data, List<String> ignored) {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    BranchRequest {
        ignored = List.copyOf(ignored);
    }

    String json() {
        return JSON.writeValueAsString(this);
    }

    static BranchRequest parse(String json) {
        return JSON.readValue(json, BranchRequest.class);
    }
}
