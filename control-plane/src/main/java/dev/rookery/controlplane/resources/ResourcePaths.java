package dev.rookery.controlplane.resources;

import java.util.stream.Stream;
import org.springframework.http.HttpMethod;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.AndRequestMatcher;
import org.springframework.security.web.util.matcher.NegatedRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;

/**
 * The paths of resources. Names hold no dot, so that what stands behind one tells services apart: an endpoint's format is
 * the query gateway's, a datafile's extension is ours. Requests that bring rows, which are POSTs, are the ingest service's.
 */
public final class ResourcePaths {
    private static final String NAME = "{name:[^.]+}";

    static final String DATASOURCES = "/v0/datasources";
    static final String DATASOURCE = DATASOURCES + "/" + NAME;
    static final String DATASOURCE_FILE = DATASOURCE + ".datasource";
    static final String SHARE = DATASOURCE + "/share";
    public static final String TRUNCATE = DATASOURCE + "/truncate";
    public static final String DELETE_ROWS = DATASOURCE + "/delete";
    /** A data source of another workspace, as this one knows it. */
    static final String SHARED = DATASOURCES + "/{owner:[^.]+}.{name:[^.]+}";

    static final String SHARED_FILE = SHARED + ".datasource";
    static final String PIPES = "/v0/pipes";
    static final String PIPE = PIPES + "/" + NAME;
    static final String PIPE_FILE = PIPE + ".pipe";
    static final String PIPES_V1 = "/v1/pipes";
    static final String PIPE_V1 = PIPES_V1 + "/" + NAME;
    static final String PIPE_FILE_V1 = PIPE_V1 + ".pipe";
    static final String CONNECTIONS = "/v0/connectors";
    static final String CONNECTION = CONNECTIONS + "/" + NAME;
    static final String CONNECTION_FILE = CONNECTION + ".connection";
    static final String DEPENDENCIES = "/v0/dependencies";

    private ResourcePaths() {}

    /** Every request of these paths, besides those that bring rows; what lies below {@code /v1} is claimed as a whole. */
    public static RequestMatcher all() {
        RequestMatcher bringsRows = PathPatternRequestMatcher.withDefaults().matcher(HttpMethod.POST, DATASOURCES);
        RequestMatcher paths = new OrRequestMatcher(Stream.of(
                        DATASOURCES,
                        DATASOURCE,
                        DATASOURCE_FILE,
                        SHARE,
                        TRUNCATE,
                        DELETE_ROWS,
                        SHARED,
                        SHARED_FILE,
                        PIPES,
                        PIPE,
                        PIPE_FILE,
                        CONNECTIONS,
                        CONNECTION,
                        CONNECTION_FILE,
                        DEPENDENCIES)
                .<RequestMatcher>map(
                        path -> PathPatternRequestMatcher.withDefaults().matcher(path))
                .toList());
        return new AndRequestMatcher(paths, new NegatedRequestMatcher(bringsRows));
    }
}
