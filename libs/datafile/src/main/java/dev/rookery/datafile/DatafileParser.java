package dev.rookery.datafile;

import dev.rookery.datafile.DatafilePath.Kind;

/**
 * Reads datafiles. Every error of a file is reported at once; none is thrown. The time is linear in the text's length.
 */
public final class DatafileParser {

    /** Errors, and warnings, reported of one file; further ones are left out. */
    public static final int MAX_ERRORS = 100;

    private DatafileParser() {}

    /**
     * Reads one file.
     *
     * @param path the file's path in the project, which gives the kind and the resource's name (DFG-2, DFG-3)
     * @param text the file's content; any line ends
     * @return the datafile, or what is wrong with it
     */
    public static ParseResult parse(String path, String text) {
        var problems = new Problems(path);
        var datafilePath = DatafilePath.of(path);
        var kind = datafilePath.kind();
        if (kind == null) {
            problems.error(
                    new Position(1, 1),
                    path.endsWith(".incl")
                            ? "include files belong to the older syntax: write their lines into the files that include"
                                    + " them, and connection settings into connections/<name>.connection"
                            : "expected a file ending in .datasource, .pipe or .connection, or tests/<pipe>.yaml");
            return new ParseResult(path, null, problems.errors(), problems.warnings());
        }
        checkName(datafilePath, kind, problems);
        var datafile = read(datafilePath, kind, new SourceText(text), problems);
        return new ParseResult(path, problems.hasErrors() ? null : datafile, problems.errors(), problems.warnings());
    }

    private static Datafile read(DatafilePath path, Kind kind, SourceText source, Problems problems) {
        return switch (kind) {
            case DATASOURCE ->
                DatasourceReader.read(path.name(), DirectiveScanner.scan(source, kind, problems), problems);
            case PIPE -> PipeReader.read(path, DirectiveScanner.scan(source, kind, problems), problems);
            case CONNECTION ->
                ConnectionReader.read(path.name(), DirectiveScanner.scan(source, kind, problems), problems);
            case TEST -> TestReader.read(path.name(), source, problems);
        };
    }

    private static void checkName(DatafilePath path, Kind kind, Problems problems) {
        var fine = switch (kind) {
            case DATASOURCE, PIPE -> Names.isResourceName(path.name());
            case CONNECTION -> Names.isConnectionName(path.name());
            case TEST -> !path.name().isBlank();
        };
        if (!fine) {
            problems.error(
                    new Position(1, 1),
                    Quoted.shortened(path.name()) + " cannot name a " + kind.label()
                            + ": expected a file name of letters, digits and underscores that starts with no digit");
        }
    }
}
