package dev.rookery.datafile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.assertj.core.api.AbstractStringAssert;
import org.assertj.core.api.Assertions;
import org.jspecify.annotations.Nullable;

/** What tests parse. */
final class Parsed {

    private Parsed() {}

    static DatasourceFile datasource(String text) {
        return (DatasourceFile) file("datasources/events.datasource", text);
    }

    /** The columns of a schema, written without its indentation. */
    static List<Column> columns(String schema) {
        return datasource("SCHEMA >\n" + schema.indent(4)).columns();
    }

    static PipeFile pipe(String text) {
        return (PipeFile) file("pipes/top.pipe", text);
    }

    static ConnectionFile connection(String text) {
        return (ConnectionFile) file("connections/broker.connection", text);
    }

    static TestFile tests(String text) {
        return (TestFile) file("tests/top.yaml", text);
    }

    /** Parses what must parse, and checks on the way that it survives printing. */
    static Datafile file(String path, String text) {
        var result = DatafileParser.parse(path, text);
        assertThat(result.errors()).isEmpty();
        var file = Objects.requireNonNull(result.datafile());
        assertRoundTrip(path, file);
        return file;
    }

    static void assertRoundTrip(String path, Datafile file) {
        var printed = DatafilePrinter.print(file);
        var again = DatafileParser.parse(path, printed);
        assertThat(again.errors()).as(printed).isEmpty();
        assertThat(again.datafile()).as(printed).isEqualTo(file);
        assertThat(DatafilePrinter.print(Objects.requireNonNull(again.datafile())))
                .isEqualTo(printed);
    }

    static List<String> errors(String path, String text) {
        var result = DatafileParser.parse(path, text);
        assertThat(result.datafile()).isNull();
        return result.errors().stream().map(DatafileError::toString).toList();
    }

    static List<String> warnings(String path, String text) {
        var result = DatafileParser.parse(path, text);
        assertThat(result.errors()).isEmpty();
        return result.warnings().stream().map(DatafileError::toString).toList();
    }

    static @Nullable String value(@Nullable Located<String> located) {
        return located == null ? null : located.value();
    }

    static AbstractStringAssert<?> assertValue(@Nullable Located<String> located) {
        return Assertions.assertThat(value(located));
    }
}
