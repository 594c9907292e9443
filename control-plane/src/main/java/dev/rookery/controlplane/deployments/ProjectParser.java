package dev.rookery.controlplane.deployments;

import dev.rookery.controlplane.deployments.Project.Source;
import dev.rookery.datafile.ConnectionFile;
import dev.rookery.datafile.Datafile;
import dev.rookery.datafile.DatafileParser;
import dev.rookery.datafile.DatafilePath;
import dev.rookery.datafile.DatasourceFile;
import dev.rookery.datafile.NodeOutput;
import dev.rookery.datafile.ParseResult;
import dev.rookery.datafile.PipeFile;
import dev.rookery.datafile.PipeNode;
import dev.rookery.datafile.Position;
import dev.rookery.datafile.TestFile;
import dev.rookery.datafile.TokenGrant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads a project's files, and refuses what is not supported with the thing and the line. */
final class ProjectParser {
    private static final int MAX_NAME = 255;
    private static final int MAX_TOKEN_NAME = 200;

    private final List<ProjectError> errors = new ArrayList<>();
    private final TreeMap<String, Source<DatasourceFile>> datasources = new TreeMap<>();
    private final TreeMap<String, Source<PipeFile>> pipes = new TreeMap<>();

    private ProjectParser() {}

    /** @throws ProjectException with every error of every file at once */
    static Project parse(List<ProjectFile> files) {
        ProjectParser parser = new ProjectParser();
        files.forEach(parser::add);
        if (!parser.errors.isEmpty()) {
            throw new ProjectException(parser.errors);
        }
        return new Project(parser.datasources, parser.pipes);
    }

    private void add(ProjectFile source) {
        if (DatafilePath.of(source.path()).kind() == null) {
            return;
        }
        if (DatafilePath.of(source.path()).vendor() != null) {
            refuse(source, new Position(1, 1), "Shared data sources (vendored files) are");
            return;
        }
        if (source.text().indexOf('\0') >= 0) {
            errors.add(ProjectError.of(source.path(), 1, "The file holds a NUL character; is it a text file?"));
            return;
        }
        ParseResult result = DatafileParser.parse(source.path(), source.text());
        result.errors().forEach(error -> errors.add(ProjectError.of(error)));
        Datafile datafile = result.datafile();
        switch (datafile) {
            case null -> {}
            case DatasourceFile file -> {
                checkSupport(source, file);
                addNamed(datasources, source, file);
            }
            case PipeFile file -> {
                checkSupport(source, file);
                addNamed(pipes, source, file);
            }
            case ConnectionFile file -> refuse(source, file.type().at(), "Connections are");
            case TestFile _ -> {}
        }
    }

    private <T extends Datafile> void addNamed(Map<String, Source<T>> map, ProjectFile source, T file) {
        String name = file.name();
        if (name.length() > MAX_NAME) {
            errors.add(ProjectError.of(
                    source.path(), 1, "The name has %d characters; at most %d".formatted(name.length(), MAX_NAME)));
        }
        boolean taken = datasources.containsKey(name) || pipes.containsKey(name);
        if (taken) {
            errors.add(ProjectError.of(
                    source.path(), 1, "There is another resource named '%s'; names are shared by all".formatted(name)));
        }
        map.put(name, new Source<>(source.path(), source.text(), file));
    }

    private void checkTokens(ProjectFile source, List<TokenGrant> tokens) {
        for (TokenGrant grant : tokens) {
            if (grant.token().length() > MAX_TOKEN_NAME) {
                errors.add(ProjectError.of(
                        source.path(),
                        grant.at().line(),
                        "A token's name has at most %d characters".formatted(MAX_TOKEN_NAME)));
            }
        }
    }

    private void checkSupport(ProjectFile source, DatasourceFile file) {
        checkTokens(source, file.tokens());
        if (file.connector() != null) {
            refuse(source, file.connector().at(), "Connectors that fill a data source are");
        }
        if (!file.sharedWith().isEmpty()) {
            refuse(source, file.sharedWith().getFirst().at(), "SHARED_WITH is");
        }
    }

    private void checkSupport(ProjectFile source, PipeFile file) {
        checkTokens(source, file.tokens());
        for (PipeNode node : file.nodes()) {
            switch (node.output()) {
                case NodeOutput.Copy copy -> refuse(source, copy.at(), "Copy pipes are");
                case NodeOutput.Sink sink -> refuse(source, sink.at(), "Sinks are");
                case NodeOutput.None _, NodeOutput.Endpoint _, NodeOutput.Materialized _ -> {}
            }
        }
    }

    private void refuse(ProjectFile source, Position at, String what) {
        errors.add(ProjectError.of(source.path(), at.line(), what + " not supported yet"));
    }
}
