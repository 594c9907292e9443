package dev.rookery.controlplane.resources;

import dev.rookery.access.Access;
import dev.rookery.access.Action;
import dev.rookery.access.Caller;
import dev.rookery.access.web.ApiException;

/** What a token may know of: everything with WORKSPACE:READ_ALL or a role, else what one of its scopes names. */
record Visibility(Caller.Tenant caller) {
    /** Whether it may know of the data source. */
    boolean ofDatasource(String name) {
        return ofEverything()
                || new Access(caller, Action.READ_DATASOURCE, name).allowed()
                || new Access(caller, Action.APPEND_DATASOURCE, name).allowed();
    }

    /** Whether it may know of the pipe. */
    boolean ofPipe(String name) {
        return ofEverything() || new Access(caller, Action.READ_PIPE, name).allowed();
    }

    /** Whether it may know what the workspace consists of. */
    boolean ofEverything() {
        return Access.to(caller, Action.READ_RESOURCES).allowed();
    }

    /** @throws ApiException 403, before it is told whether there is such a data source */
    void requireDatasource(String name) {
        if (!ofDatasource(name)) {
            new Access(caller, Action.READ_DATASOURCE, name).require();
        }
    }

    /** @throws ApiException 403, before it is told whether there is such a pipe */
    void requirePipe(String name) {
        if (!ofPipe(name)) {
            new Access(caller, Action.READ_PIPE, name).require();
        }
    }
}
