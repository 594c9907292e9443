package dev.rookery.ingest.files;

import dev.rookery.access.web.ApiException;
import java.util.Optional;

/**
 * What a call asks for.
 *
 * @param name the data source's name or id
 * @param format as the client names it
 * @param condition which rows a replace is about (DS-8)
 * @param url where the file is, if it is not in the request
 */
record LoadRequest(
        String name, LoadMode mode, Optional<FileFormat> format, Optional<String> condition, Optional<String> url) {
    private static final int LONGEST_CONDITION = 64 << 10;

    /** @throws ApiException 400 naming the parameter at fault; 403 when a data source is to be created */
    static LoadRequest of(LoadParameters parameters) {
        if (parameters.find("schema").isPresent()
                || parameters.find("connector").isPresent()) {
            throw deploymentsOnly();
        }
        LoadMode mode = parameters.find("mode").map(LoadMode::parse).orElse(LoadMode.CREATE);
        Optional<String> condition = parameters.find("replace_condition");
        if (condition.isPresent() && mode != LoadMode.REPLACE) {
            throw ApiException.badRequest("A replace_condition needs mode=replace");
        }
        if (condition.isPresent() && condition.get().length() > LONGEST_CONDITION) {
            throw ApiException.badRequest("The replace_condition is longer than 64 KiB");
        }
        return new LoadRequest(
                parameters
                        .find("name")
                        .orElseThrow(
                                () -> ApiException.badRequest(
                                        "The parameter 'name' is missing: say which data source the rows are for, in the query string or before the file")),
                mode,
                parameters.find("format").map(FileFormat::parse),
                condition,
                parameters.find("url"));
    }

    /** In the words that clients know (client-contract.md 8). */
    static ApiException deploymentsOnly() {
        return ApiException.forbidden(
                "Adding or modifying data sources to this workspace can only be done via deployments");
    }
}
