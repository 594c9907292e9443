package dev.rookery.controlplane.deployments;

import dev.rookery.catalog.snapshot.SharedDatasource;
import dev.rookery.controlplane.deployments.Project.Source;
import dev.rookery.controlplane.projects.VendoredDatafile;
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
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads a project's files, and refuses what is not supported with the thing and the line. */
final class ProjectParser {
    private static final int MAX_NAME = 255;
    private static final int MAX_TOKEN_NAME = 200;

    private final List<ProjectError> errors = new ArrayList<>();
    private final TreeMap<String, Source<DatasourceFile>> datasources = new TreeMap<>();
    private final TreeMap<String, Source<PipeFile>> pipes = new TreeMap<>();

    private final Surroundings around;

    private ProjectParser(Surroundings around) {
        this.around = around;
    }

    /** @throws ProjectException with every error of every file at once */
    static Project parse(List<ProjectFile> files, Surroundings around) {
        ProjectParser parser = new ProjectParser(around);
        files.forEach(parser::add);
        if (!parser.errors.isEmpty()) {
            throw new ProjectException(parser.errors);
        }
        return new Project(parser.datasources, parser.pipes, around);
    }

    private void add(ProjectFile source) {
        if (DatafilePath.of(source.path()).kind() == null) {
            return;
        }
        if (source.text().indexOf('\0') >= 0) {
            errors.add(ProjectError.of(source.path(), 1, "The file holds a NUL character; is it a text file?"));
            return;
        }
        ParseResult result = DatafileParser.parse(source.path(), source.text());
        result.errors().forEach(error -> errors.add(ProjectError.of(error)));
        Datafile datafile = result.datafile();
        String vendor = DatafilePath.of(source.path()).vendor();
        if (vendor != null) {
            checkVendored(source, vendor, datafile);
            return;
        }
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

    /** A vendored file is no part of the project: it must be what the other workspace shares now (SHR-4). */
    private void checkVendored(ProjectFile source, String vendor, @Nullable Datafile datafile) {
        if (datafile == null) {
            return;
        }
        if (!(datafile instanceof DatasourceFile file)) {
            errors.add(ProjectError.of(source.path(), 1, "Only data sources are shared: remove the file"));
            return;
        }
        Optional<SharedDatasource> shared = around.shared(vendor, file.name());
        if (shared.isEmpty()) {
            errors.add(ProjectError.of(
                    source.path(),
                    1,
                    "The workspace '%s' shares no data source '%s' with this one: remove the file, or have it shared"
                            .formatted(vendor, file.name())));
        } else if (!VendoredDatafile.of(file)
                .equals(VendoredDatafile.of(shared.get().entry().file()))) {
            errors.add(ProjectError.of(
                    source.path(),
                    1,
                    "The data source '%s.%s' has changed since this file was pulled: pull the vendored files again"
                            .formatted(vendor, file.name())));
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
