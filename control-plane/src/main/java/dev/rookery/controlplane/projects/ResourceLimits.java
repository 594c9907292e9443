package dev.rookery.controlplane.projects;

import dev.rookery.catalog.snapshot.DatasourceEntry;
import dev.rookery.datafile.ConnectionFile;
import dev.rookery.datafile.Connector;
import dev.rookery.datafile.Datafile;
import dev.rookery.datafile.DatasourceFile;
import dev.rookery.datafile.PipeFile;
import dev.rookery.datafile.PipeType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What a project may hold at most, and what its resources may be called (LIM-11 to LIM-19, DEP-27). Thread safe. */
public final class ResourceLimits {
    private final LimitProperties limits;

    ResourceLimits(LimitProperties limits) {
        this.limits = limits;
    }

    /**
     * A limit that is exceeded.
     *
     * @param resource the name of the resource at fault; empty when it is the project as a whole
     * @param message says the limit and the number
     */
    public record Excess(String resource, String message) {}

    /** Everything of a project that is too much, or has a name it cannot have; empty when it may be deployed. */
    public List<Excess> check(Collection<? extends Datafile> project) {
        List<Excess> excesses = new ArrayList<>();
        List<DatasourceFile> datasources = of(project, DatasourceFile.class);
        List<PipeFile> pipes = of(project, PipeFile.class);
        count(excesses, datasources.size(), limits.dataSources(), "data sources");
        count(excesses, ofType(pipes, PipeType.COPY), limits.copyPipes(), "copy pipes");
        count(excesses, ofType(pipes, PipeType.SINK), limits.sinkPipes(), "sink pipes");
        count(excesses, topics(datasources), limits.kafkaTopics(), "Kafka topics");
        count(excesses, kafkaConnections(project), limits.kafkaConnections(), "Kafka connections");
        datasources.forEach(file -> checkColumns(excesses, file));
        checkNames(excesses, datasources, pipes);
        return excesses;
    }

    private static void count(List<Excess> excesses, long number, int limit, String what) {
        if (number > limit) {
            excesses.add(
                    new Excess("", "The project has %d %s; a workspace has at most %d".formatted(number, what, limit)));
        }
    }

    private void checkColumns(List<Excess> excesses, DatasourceFile file) {
        int columns = file.columns().size();
        if (columns > limits.columnsPerDataSource()) {
            excesses.add(new Excess(
                    file.name(),
                    "The data source '%s' has %d columns; at most %d"
                            .formatted(file.name(), columns, limits.columnsPerDataSource())));
        }
    }

    /** In SQL {@code events_quarantine} is the quarantine of {@code events}, and whatever else has the name hides it. */
    private static void checkNames(List<Excess> excesses, List<DatasourceFile> datasources, List<PipeFile> pipes) {
        Set<String> quarantines = datasources.stream()
                .map(file -> file.name() + DatasourceEntry.QUARANTINE_SUFFIX)
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> names = new TreeSet<>();
        datasources.forEach(file -> names.add(file.name()));
        pipes.forEach(file -> names.add(file.name()));
        for (String name : names) {
            if (quarantines.contains(name)) {
                excesses.add(new Excess(
                        name,
                        "'%s' is the name of the quarantine of '%s'; choose another"
                                .formatted(
                                        name,
                                        name.substring(
                                                0, name.length() - DatasourceEntry.QUARANTINE_SUFFIX.length()))));
            }
        }
    }

    private static long ofType(List<PipeFile> pipes, PipeType type) {
        return pipes.stream().filter(pipe -> pipe.type() == type).count();
    }

    private static long topics(List<DatasourceFile> datasources) {
        return datasources.stream()
                .map(DatasourceFile::connector)
                .filter(Connector.Kafka.class::isInstance)
                .map(connector -> ((Connector.Kafka) connector))
                .map(kafka -> List.of(kafka.connection().value(), kafka.topic().value()))
                .distinct()
                .count();
    }

    private static long kafkaConnections(Collection<? extends Datafile> project) {
        return of(project, ConnectionFile.class).stream()
                .filter(file -> file.type().value() == ConnectionFile.Type.KAFKA)
                .count();
    }

    private static <T extends Datafile> List<T> of(Collection<? extends Datafile> project, Class<T> type) {
        return project.stream().filter(type::isInstance).map(type::cast).toList();
    }
}
