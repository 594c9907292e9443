package dev.rookery.controlplane.deployments;

import dev.rookery.datafile.Datafile;
import dev.rookery.datafile.DatasourceFile;
import dev.rookery.datafile.PipeFile;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The data sources and pipes of a project, parsed.
 *
 * @param around what it may use that is in none of its files
 */
record Project(
        SortedMap<String, Source<DatasourceFile>> datasources,
        SortedMap<String, Source<PipeFile>> pipes,
        Surroundings around) {
    /** A parsed file with where it came from. */
    record Source<T extends Datafile>(String path, String text, T file) {}

    Project {
        datasources = Collections.unmodifiableSortedMap(new TreeMap<>(datasources));
        pipes = Collections.unmodifiableSortedMap(new TreeMap<>(pipes));
    }
}
