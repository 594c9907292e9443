package dev.rookery.datafile;

/** What one file of a data project says. */
public sealed interface Datafile permits DatasourceFile, PipeFile, ConnectionFile, TestFile {

    /** The resource's name: the file's name without its extension (DFG-3). */
    String name();
}
