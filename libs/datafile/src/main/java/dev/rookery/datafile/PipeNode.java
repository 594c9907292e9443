package dev.rookery.datafile;

import org.jspecify.annotations.Nullable;

/**
 * A node of a pipe: one {@code SELECT} (PIPE-1).
 *
 * @param name unique in its pipe
 * @param description of this node
 * @param sql the statement or its template
 * @param output what becomes of the result
 * @param at where {@code NODE} stands; no part of equality
 */
public record PipeNode(
        String name, @Nullable Located<String> description, SqlText sql, NodeOutput output, Position at) {}
