package dev.rookery.datafile;

/**
 * Writes datafiles in canonical form: directives in a fixed order, blocks indented by four blanks, no comments. Parsing
 * the text of a parsed datafile gives an equal datafile, and printing that gives the same text.
 */
public final class DatafilePrinter {

    private DatafilePrinter() {}

    /** The file's text, with a line feed at its end. */
    public static String print(Datafile datafile) {
        return switch (datafile) {
            case DatasourceFile datasource -> DatasourcePrinter.print(datasource);
            case PipeFile pipe -> PipePrinter.print(pipe);
            case ConnectionFile connection -> print(connection);
            case TestFile tests -> TestPrinter.print(tests);
        };
    }

    private static String print(ConnectionFile connection) {
        var lines = new DatafileLines();
        lines.description(connection.description());
        lines.gap();
        lines.word("TYPE", Words.lower(connection.type().value()));
        connection.settings().forEach(setting -> lines.value(setting.name(), setting.value()));
        return lines.toString();
    }
}
