package dev.rookery.datafile;

/**
 * A directive kept as written, for settings that other modules interpret.
 *
 * @param name in upper case
 * @param value without its quotes; may hold {@code {{ tb_secret(…) }}}
 * @param at where the directive stands; no part of equality
 */
public record Directive(String name, String value, Position at) {}
