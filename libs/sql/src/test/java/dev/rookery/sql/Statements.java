package dev.rookery.sql;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** The collection of statements, a file per area of the grammar, and the tables that most of them are about. */
final class Statements {

    private Statements() {}

    /** All statements, one per line of the files; ⏎ stands for a line break. */
    static List<String> all() {
        try (Stream<java.nio.file.Path> files = Files.list(path("statements"))) {
            List<String> statements = new ArrayList<>();
            for (java.nio.file.Path file : files.sorted().toList()) {
                Files.readAllLines(file).stream()
                        .filter(line -> !line.isBlank() && !line.startsWith("%%"))
                        .map(line -> line.replace('⏎', '\n'))
                        .forEach(statements::add);
            }
            return statements;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes the tables in this database. */
    static void createTables(String database) {
        ClickHouse.setUp("CREATE DATABASE IF NOT EXISTS " + database);
        try {
            for (String definition : Files.readString(path("tables.sql")).split(";\n", -1)) {
                ClickHouse.setUp(definition.replace("{db}", database));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Values for the placeholders of a statement, as pairs of name and value. */
    static String[] values(SqlStatement statement) {
        return statement.parameters().stream()
                .flatMap(parameter -> Stream.of("param_" + parameter.name(), value(parameter.type())))
                .toArray(String[]::new);
    }

    private static String value(String type) {
        return switch (type.replaceAll("\\(.*", "")) {
            case "Array" -> "[]";
            case "Map" -> "{}";
            case "Tuple" -> "(1,'x')";
            case "Date", "DateTime", "DateTime64" -> "2024-01-01";
            default -> "1";
        };
    }

    private static java.nio.file.Path path(String resource) {
        try {
            URL url = Objects.requireNonNull(Statements.class.getResource(resource), resource);
            return java.nio.file.Path.of(url.toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
