package dev.rookery.sql;

/**
 * One assignment of a SETTINGS clause or of EXPLAIN's options.
 *
 * @param name the setting's name as written
 * @param value the text of its value as written; {@code 1} if none is written
 * @param literal the decoded value of a string, else the text
 * @param topLevel whether it applies to the whole statement
 * @param position where the name starts
 */
public record Setting(String name, String value, String literal, boolean topLevel, SourcePosition position) {

    Setting ofElement() {
        return new Setting(name, value, literal, false, position);
    }
}
