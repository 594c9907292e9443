package dev.rookery.gateway.query;

import dev.rookery.access.Access;
import dev.rookery.access.Action;
import dev.rookery.access.Caller;
import dev.rookery.access.web.ApiException;
import dev.rookery.catalog.snapshot.DatasourceEntry;
import dev.rookery.catalog.snapshot.PipeEntry;
import dev.rookery.catalog.snapshot.SharedDatasource;
import java.util.Optional;

/** What a text may read. Methods throw {@link dev.rookery.access.web.ApiException} 403. */
interface Permissions {
    /** The SQL of a pipe reads whatever its workspace has: whoever may call it gets its result and nothing else. */
    Permissions INSIDE_A_PIPE = new Permissions() {
        @Override
        public void requireDatasource(DatasourceEntry datasource, String asked) {
            // Allowed with the pipe.
        }

        @Override
        public boolean allowShared(SharedDatasource datasource) {
            return true;
        }

        @Override
        public void requirePipe(PipeEntry pipe) {
            // Allowed with the pipe.
        }

        @Override
        public void requirePath(Optional<PipeEntry> pipe, String asked) {
            throw new IllegalStateException("no request begins inside a pipe");
        }

        @Override
        public void requireUnknown(String name) {
            // Whoever reads the pipe is told what is wrong with it.
        }
    };

    /** @param asked the name that stands in the text: the data source's, or that of its quarantine */
    void requireDatasource(DatasourceEntry datasource, String asked);

    /** Whether a data source of another workspace may be read; one that may not is as good as none (SHR-1). */
    boolean allowShared(SharedDatasource datasource);

    void requirePipe(PipeEntry pipe);

    /**
     * The same for a pipe that the request asks for by name or id; who may not read it is not told whether it exists.
     *
     * @param pipe empty when there is none
     */
    void requirePath(Optional<PipeEntry> pipe, String asked);

    /** Refuses a name that means nothing, in the same words as one that may not be read. */
    void requireUnknown(String name);

    /** A caller's own SQL reads what the token's scopes name (TOK-10, TOK-12). */
    static Permissions of(Caller.OfWorkspace caller) {
        return new Permissions() {
            @Override
            public void requireDatasource(DatasourceEntry datasource, String asked) {
                String id = datasource.id().toString();
                require(new Access(caller, Action.READ_DATASOURCE, datasource.name(), id).allowed(), asked);
            }

            @Override
            public boolean allowShared(SharedDatasource datasource) {
                String id = datasource.entry().id().toString();
                return new Access(caller, Action.READ_DATASOURCE, datasource.name(), id).allowed();
            }

            @Override
            public void requirePipe(PipeEntry pipe) {
                String id = pipe.id().toString();
                require(new Access(caller, Action.READ_PIPE, pipe.name(), id).allowed(), pipe.name());
            }

            @Override
            public void requirePath(Optional<PipeEntry> pipe, String asked) {
                String name = pipe.map(PipeEntry::name).orElse(asked);
                String id = pipe.map(found -> found.id().toString()).orElse("");
                if (!new Access(caller, Action.READ_PIPE, name, id).allowed()) {
                    throw new Access(caller, Action.READ_PIPE, asked).refusal();
                }
            }

            @Override
            public void requireUnknown(String name) {
                boolean allowed = new Access(caller, Action.READ_DATASOURCE, name).allowed()
                        || new Access(caller, Action.READ_PIPE, name).allowed();
                require(allowed, name);
            }

            private void require(boolean allowed, String name) {
                if (!allowed) {
                    String shown = name.length() <= 200 ? name : name.substring(0, 200) + "…";
                    throw ApiException.forbidden(
                            "The token '%s' has not enough permissions to read '%s'; it needs DATASOURCES:READ or PIPES:READ for it"
                                    .formatted(caller.tokenName(), shown));
                }
            }
        };
    }
}
