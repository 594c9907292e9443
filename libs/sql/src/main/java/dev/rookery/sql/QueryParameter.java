package dev.rookery.sql;

/**
 * A placeholder {@code {name:Type}}; its value travels as {@code param_name}. The type is never {@code Identifier}: such a
 * statement is refused, as its value could name a table.
 *
 * @param name the parameter's name
 * @param type the type as written
 */
public record QueryParameter(String name, String type) {}
