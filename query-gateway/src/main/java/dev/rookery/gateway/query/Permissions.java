package dev.rookery.gateway.query;

import dev.rookery.access.Access;
import dev.rookery.access.Action;
import dev.rookery.access.Caller;

/** What a text may read. Methods throw {@link dev.rookery.access.web.ApiException} 403. */
interface Permissions {
    /** The SQL of a pipe reads whatever its workspace has: whoever may call it gets its result and nothing else. */
    Permissions INSIDE_A_PIPE = new Permissions() {
        @Override
        public void requireDatasource(String name) {
            // Allowed with the pipe.
        }

        @Override
        public void requirePipe(String name) {
            // Allowed with the pipe.
        }
    };

    void requireDatasource(String name);

    void requirePipe(String name);

    /** A caller's own SQL reads what the token's scopes name (TOK-10, TOK-12). */
    static Permissions of(Caller.Tenant caller) {
        return new Permissions() {
            @Override
            public void requireDatasource(String name) {
                new Access(caller, Action.READ_DATASOURCE, name).require();
            }

            @Override
            public void requirePipe(String name) {
                new Access(caller, Action.READ_PIPE, name).require();
            }
        };
    }
}
