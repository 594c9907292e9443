package dev.rookery.datafile;

import org.jspecify.annotations.Nullable;

/** Directives whose value is prose or SQL. */
final class Texts {

    private Texts() {}

    static @Nullable Located<String> description(Fields fields) {
        var directive = fields.raw("DESCRIPTION");
        return directive == null ? null : prose(directive);
    }

    static @Nullable Located<String> prose(RawDirective directive) {
        var text = directive.text().text();
        return text.isBlank() ? null : new Located<>(text, directive.at());
    }

    static @Nullable SqlText sql(Fields fields, String name, String expected, Problems problems) {
        var directive = fields.raw(name);
        if (directive == null) {
            return null;
        }
        var sql = directive.text();
        if (sql.text().isBlank()) {
            problems.error(directive.at(), "expected " + expected + " behind " + name + " >");
            return null;
        }
        return sql;
    }
}
