package dev.rookery.standalone.demo;

import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;

/**
 * The demo: deploys a data project, loads a git repository's real history into it and shows what the endpoints answer.
 * It speaks the public API only, so what it does any client can do. Not thread-safe; one run at a time per workspace.
 */
public final class DemoRunner {
    private final URI apiUrl;
    private final String adminToken;
    private final Path repository;
    private final Path project;
    private final PrintStream out;
    private final boolean terminal;
    private final InstantSource clock;
    private final Pause pause;

    /**
     * Prepares a run.
     *
     * @param apiUrl the API's scheme, host and port
     * @param adminToken an admin token of the workspace that the project is deployed to
     * @param repository a directory in a git repository; one without history is fine and loads nothing
     * @param project the data project's directory ({@code examples/git-insights})
     * @param out where progress and results go
     */
    public DemoRunner(URI apiUrl, String adminToken, Path repository, Path project, PrintStream out) {
        this(apiUrl, adminToken, repository, project, out, isTerminal(), InstantSource.system(), Pause.real());
    }

    DemoRunner(
            URI apiUrl,
            String adminToken,
            Path repository,
            Path project,
            PrintStream out,
            boolean terminal,
            InstantSource clock,
            Pause pause) {
        this.apiUrl = apiUrl;
        this.adminToken = adminToken;
        this.repository = repository;
        this.project = project;
        this.out = out;
        this.terminal = terminal;
        this.clock = clock;
        this.pause = pause;
    }

    /**
     * Runs the demo to its end. A second run sends only what the first has not stored.
     *
     * @throws DemoException if it cannot go on, with one line that says why
     */
    public void run() {
        var datafiles = Project.read(project);
        try (var api = new ApiClient(apiUrl, adminToken, pause)) {
            out.println("Demo: deploying " + project.getFileName());
            var fresh = new Deployer(api, out, pause).deploy(datafiles, StoredHistory.COMMITS);

            out.println("Demo: loading the git history of " + repository);
            new HistoryLoader(api, out, terminal, clock, pause).load(new GitRepository(repository), fresh);

            new EndpointTour(api, out).show(datafiles);
            out.println();
            out.println("Add ?token=... to open one in a browser; the tokens are at " + api.url("/tokens"));
        }
    }

    @SuppressWarnings("SystemConsoleNull") // JDK 25 went back to answering null when nobody sits there
    private static boolean isTerminal() {
        var console = System.console();
        return console != null && console.isTerminal();
    }
}
